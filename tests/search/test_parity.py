"""Python and the browser analyse and rank exactly alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.search import settings
from generator.search.analysis import cistem, normalise, stem_folded, words
from generator.search.lexicon import load_lexicon
from generator.search.synonym_file import read_synonyms
from generator.search.vocabulary import root
from tests.search.helpers import CACHE, ROOT, Search, document, has_node, in_node

pytestmark = pytest.mark.skipif(not has_node(), reason="needs node")

ODD = (
    "İstanbul ŁÓDŹ Straße STRASSE ẞ œuvre Æther a-b-c-d E-Mail-Adressen 10.000 1.234.567,89 § 5 "
    "Bürger:innenbüro Kund*innen Lehrer/-innen Schüler(innen) BürgerInnen LoRaWAN iKfz U\u0308bung "
    "Selbst\u00adbedienung Kfz\u2011Zulassung 2FA CO2 d'Artagnan 𝔘nicode 😀 naïve"
)


def texts_of(folder: Path) -> list[str]:
    """The texts of all Markdown files of a content folder, front matter included."""
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))]


def corpus() -> list[str]:
    folders = [ROOT / "content", ROOT / "examples/musterkreis"]
    texts = [text for folder in folders if folder.is_dir() for text in texts_of(folder)]
    groups, _ = read_synonyms(ROOT / "content/suche/synonyme.yml")
    return [*texts, *(word for group in groups for word in group.words), ODD]


def test_the_whole_vocabulary_is_analysed_alike() -> None:
    lexicon = load_lexicon(CACHE)
    every = sorted(lexicon.words)[::40]
    vocabulary = sorted({chunk for text in corpus() for chunk in text.split()})
    written = [*vocabulary, " ".join(every)]
    here = [
        [
            [w.surface, w.whole, w.folded, stem_folded(w.folded), cistem(w.folded), root(w.folded)]
            for w in words(normalise(text))
        ]
        for text in written
    ]
    assert in_node(words=written)["words"] == here


@pytest.mark.parametrize("postings", [None, 150])
def test_answers_are_alike(
    postings: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if postings:  # as in a large wiki, where a query does not ask for everything
        monkeypatch.setitem(settings.RANKING, "postings", postings)
    groups, _ = read_synonyms(ROOT / "content/suche/synonyme.yml")
    documents = [
        document(f"d{number:04}", text[:60], text[60:3000], tier=number % 4)
        for number, text in enumerate(corpus()[:300])
    ]
    search = Search(documents, groups)
    for name, content in search.files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    queries = [word for group in groups for word in group.words][::11]
    queries += [query[:2] + query[3:] for query in queries if len(query) > 7]  # typing errors
    queries += [" ".join(pair) for pair in zip(queries[::9], queries[5::9], strict=False)]
    queries += [
        ODD,
        "",
        "was ist das",
        "Hat schon jemand Chatbots getestet?",
        "UEM",
        "K",
        "Hund",
        "Hahd",
    ]
    answers = in_node(index=str(tmp_path), queries=queries)["answers"]
    assert len(queries) > 400
    assert answers == [search.scores(query) for query in queries]
