"""The report on a change, on a real repository with ten prepared changes, each in a commit of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.contributing.before_after import differing, texts
from generator.contributing.review import esc
from tests.site.conftest import Call
from tests.site.sites import COUNTY, ROOT

EVIL = '"Böse @alle #1 [klick](https://boese.example) `rm` | ![x](y) <b> ::error::x"'


def git(folder: Path, *arguments: str) -> None:
    identity = (
        "-c",
        "user.name=Redaktion",
        "-c",
        "user.email=redaktion@kreis.example",
        "-c",
        "commit.gpgsign=false",
    )
    subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    shutil.copytree(COUNTY, tmp_path / "content")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "Stand der Hauptlinie")
    git(tmp_path, "tag", "vorher")
    return tmp_path


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def add(content: Path) -> None:
    text = (content / "glossar/fim.md").read_text(encoding="utf-8")
    text = re.sub(
        r"titel: .*", f"titel: {EVIL.replace('<b>', 'x').replace('![x](y)', 'z')}", text, count=1
    )
    (content / "glossar/neuwort.md").write_text(text, encoding="utf-8")


def verdict(content: Path) -> None:
    edit(
        content / "bewertungen/abholbox-fuer-ausweise.md",
        "verdikt: empfohlen",
        "verdikt: nicht_empfohlen",
    )


def delete(content: Path) -> None:
    (content / "projekte/gewerbeflaechen-digital.md").unlink()


def rename(content: Path) -> None:
    old = content / "best-practices/chatbot-mit-wenigen-themen.md"
    new = content / "best-practices/chatbot-klein-anfangen.md"
    old.rename(new)
    edit(new, "typ: best-practice\n", "typ: best-practice\nfrueher: [chatbot-mit-wenigen-themen]\n")


def supersede(content: Path) -> None:
    text = (content / "bewertungen/wohngeld-online-2026.md").read_text(encoding="utf-8")
    text = text.replace(
        "titel: Wohngeld-Antrag online mit dem Dienst des Landes",
        "titel: Wohngeld-Antrag online, neu geprüft",
        1,
    )
    text = text.replace(
        "gegenstand: wohngeld-online-muster",
        "ersetzt: [wohngeld-online-2026]\ngegenstand: wohngeld-online-muster",
        1,
    )
    (content / "bewertungen/wohngeld-online-neu.md").write_text(text, encoding="utf-8")
    edit(
        content / "bewertungen/wohngeld-online-2026.md", "status: freigegeben", "status: archiviert"
    )


def broken(content: Path) -> None:
    (content / "glossar/kaputt.md").write_text(
        "---\ntyp: begriff\ntitel: [offen\n---\n", encoding="utf-8"
    )


def confidential(content: Path) -> None:
    edit(
        content / "bewertungen/rechnungseingang-vorpruefung.md",
        "vertraulichkeit: interkommunal",
        "vertraulichkeit: oeffentlich",
    )


def duplicate(content: Path) -> None:
    text = (content / "bewertungen/pegelsensoren-lorawan.md").read_text(encoding="utf-8")
    text = text.replace(
        "titel: Pegelsensoren an kleinen Bächen", "titel: Sensoren gegen Hochwasser", 1
    )
    text = text.replace("pruefstatus: laufend", "pruefstatus: geplant", 1).replace(
        "stand: 2026-09-22", "stand: 2026-10-01", 1
    )
    (content / "bewertungen/hochwassersensoren.md").write_text(text, encoding="utf-8")


def expired(content: Path) -> None:
    edit(
        content / "bewertungen/selbstbedienungsterminals-buergerbuero.md",
        "stand: 2026-06-30",
        "stand: 2024-06-30",
    )
    edit(
        content / "bewertungen/selbstbedienungsterminals-buergerbuero.md",
        "gueltig_bis: 2027-06-30",
        "gueltig_bis: 2026-01-31",
    )


def files(content: Path) -> None:
    with (content / "ueber.md").open("a", encoding="utf-8") as page:
        page.write("\nEin neuer Satz.\n")
    (content / "bild.png").write_bytes(b"\x89PNG")


# change → (what the report must say, does it stop the build)
CHANGES: dict[Callable[[Path], None], tuple[tuple[str, ...], bool]] = {
    add: (("1 neue, 0 geänderte, 0 gelöschte", "**Neu:** Begriff „Böse &#64;alle &#35;1 \\[klick\\]"), False),
    verdict: (("Verdikt: „Empfohlen“ → „Nicht empfohlen“", "gilt nur noch bis 31.01.2027"), False),
    delete: (("**Gelöscht:** Projekt", "besser „status: archiviert“"), False),
    rename: (("**Umbenannt:** chatbot&#45;mit&#45;wenigen&#45;themen →", "die alte Adresse leitet weiter"), False),
    supersede: (("Wohngeld&#45;Antrag online, neu geprüft", "Gültig → Ersetzt", "Bearbeitungsstatus: „Freigegeben“ → „Archiviert“"), False),
    broken: (("Es gibt Fehler", "`content/glossar/kaputt.md:"), True),
    confidential: (("Achtung, Vertraulichkeit", "Interkommunal → Öffentlich", "wird öffentlich"), False),
    duplicate: (("Gibt es das schon?", "`content/bewertungen/hochwassersensoren.md:", "pegelsensoren&#45;lorawan.md"), False),
    expired: (("Fällige Prüfungen", "seit dem 31.01.2026 fällig", "Gültig bis: „2027&#45;06&#45;30“ → „2026&#45;01&#45;31“"), False),
    files: (("`ueber.md`: geändert", "`bild.png`: neu (kein Eintrag zeigt diese Datei)"), False),
}  # fmt: skip


# change → what readers see before and after: on the page itself, and on others
SEEN: dict[Callable[[Path], None], tuple[str, ...]] = {
    verdict: (
        "  - Ganz oben: „Empfohlen“ → „Nicht empfohlen“",
        "- Lösung „Muster&#45;Abholbox“ (`loesungen/muster-abholbox.md`)\n  - Abholbox für Ausweise: „Empfohlen“ → „Nicht empfohlen“",
    ),
    delete: ("fällt weg „Gewerbeflächen digital“",),
    supersede: ("Ganz oben: „Gilt bis 30.04.2029“ → „Ersetzt durch neueren Stand“",),
    confidential: ("  - Vertraulichkeit: fällt weg „Nur für die beteiligten Verwaltungen“",),
    expired: ("  - Ganz oben: „Gilt bis 30.06.2027“ → „Abgelaufen seit 31.01.2026“",),
    files: ("- `ueber.md`\n  - Womit Sie anfangen können: neu „Ein neuer Satz.“",),
}  # fmt: skip


@pytest.mark.parametrize("change", SEEN, ids=lambda c: c.__name__)
def test_what_readers_see_before_and_after(
    call: Call, repository: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(repository / "content")
    git(repository, "commit", "--quiet", "--all", "-m", change.__name__)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795300000")  # 2026-11-21
    out = call("review", "--base", "vorher").out
    assert [text for text in SEEN[change] if text not in re.sub(r"(\d)\\\.", r"\1.", out)] == []


def test_a_page_that_looks_the_same_is_not_told(call: Call, repository: Path) -> None:
    """Another way to write the same: nothing of what readers see differs."""
    page = repository / "content/bewertungen/abholbox-fuer-ausweise.md"
    edit(page, "verdikt: empfohlen", 'verdikt: "empfohlen" # wie besprochen')
    answer = call("review", "--base", "vorher")
    assert "Lesende" not in answer.out
    assert "Seiten, die sich" not in answer.out


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.__name__)
def test_each_change_is_told(
    call: Call, repository: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(repository / "content")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", change.__name__)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795300000")  # 2026-11-21
    answer = call("review", "--base", "vorher")
    said, stops = CHANGES[change]
    for text in said:
        assert text in answer.out
    assert answer.code == (1 if stops else 0), answer.out


def test_all_ten_together_and_harmless(call: Call, repository: Path, tmp_path: Path) -> None:
    for change in CHANGES:
        change(repository / "content")
        git(repository, "add", "--all")
        git(repository, "commit", "--quiet", "-m", change.__name__)
    answer = call("review", "--base", "vorher", "-o", "bericht.md")
    assert answer.code == 1
    text = (tmp_path / "bericht.md").read_text(encoding="utf-8")
    assert text.startswith("<!-- wissen-review -->\n# Durchsicht der Änderungen\n")
    body = re.sub(r"`[^`]*`", "", text.split("\n", 1)[1])
    assert not re.search(r"(?<!\\)\]\(|https?:|@|<|(?<!\\)!\[|(?<!&)(?<!#)#\d", body, re.M), body
    assert len(text) < 20_000


def test_a_hostile_text_stays_text_before_and_after(call: Call, repository: Path) -> None:
    evil = EVIL.replace("<b>", "x").replace("![x](y)", "z")
    edit(repository / "content/glossar/fim.md", "titel: ", f"titel: {evil} # ")
    out = call("review", "--base", "vorher").out
    assert "Böse &#64;alle" in out.split("Was Lesende sehen")[1]
    body = re.sub(r"`[^`]*`", "", out.split("\n", 1)[1])
    assert not re.search(r"(?<!\\)\]\(|https?:|@|<|(?<!\\)!\[|(?<!&)(?<!#)#\d", body, re.M), body


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("<h2>A</h2><p>eins zwei drei</p>", "<h2>A</h2><p>eins vier drei</p>", ["A: eins [zwei|vier] drei"]),
        ("<p>weg</p>", "", ["Ganz oben: [weg|]"]),
        ("<dl><dt>Ort</dt><dd>Hier</dd></dl><p>x</p>", "<dl><dt>Ort</dt><dd>Dort</dd></dl><p>x</p>", ["Ort: [Hier|Dort]"]),
        ("<table><tr><td>1</td><td><p>2</p></td></tr></table>", "<table><tr><td>1</td><td><p>3</p></td></tr></table>", ["Ganz oben: 1 | [2|3]"]),
        ("<h2>L</h2><ul><li>a b c d</li><li>e f g h</li></ul>", "<h2>L</h2><ul><li>e f g h</li><li>a b c d</li></ul>", []),
        ("<nav>a</nav><script>b</script><svg><text>c</text></svg>", "<nav>d</nav>", []),
        ("<div>aussen<p>innen</p></div>", "<div>aussen<p>anders</p></div>", ["Ganz oben: [innen|anders]"]),
        ("<p>a <b>b</b>.</p>", "<p>a b.</p>", []),
    ],
)  # fmt: skip
def test_reading_pages(before: str, after: str, told: list[str]) -> None:
    found = differing(texts(before), texts(after))
    said = [f"{d.under}: {d.lead} [{d.before}|{d.after}] {d.tail}" for d in found]
    assert [" ".join(s.split()) for s in said] == told


def test_nothing_changed(call: Call, repository: Path) -> None:
    answer = call("review", "--base", "HEAD")
    assert answer.code == 0
    assert "Keine Änderung an den Einträgen." in answer.out


def test_the_theme_of_the_county_is_read(call: Call, repository: Path, tmp_path: Path) -> None:
    """Its templates say what readers see."""
    shutil.copytree(ROOT / "theme/wissen", tmp_path / "eigen/wissen")
    template = tmp_path / "eigen/wissen/begriff.html"
    edit(template, "{% if r.abkuerzung", "<p>Leitwort {{ r.titel }}</p>{% if r.abkuerzung")
    (tmp_path / "mkdocs.yml").write_text(
        "theme: {name: material, custom_dir: eigen}\n", encoding="utf-8"
    )
    edit(repository / "content/glossar/fim.md", "titel: ", "titel: Neu ")
    assert "Leitwort neu „Neu“" in call("review", "--base", "vorher").out
    edit(template, "<p>Leitwort", "{% ende %}<p>Leitwort")
    answer = call("review", "--base", "vorher")
    assert answer.code == 0
    assert "Eine Vorlage des Themes ist fehlerhaft \\(begriff.html, Zeile 3\\)" in answer.out
    (tmp_path / "mkdocs.yml").write_text("theme: [", encoding="utf-8")
    assert "Leitwort" not in call("review", "--base", "vorher").out


def test_uncommitted_work_counts_too(call: Call, repository: Path) -> None:
    verdict(repository / "content")
    assert "„Nicht empfohlen“" in call("review", "--base", "HEAD").out


def test_unusable_calls(call: Call, repository: Path, tmp_path: Path) -> None:
    for base in ("gibt-es-nicht", "--output=x", "HEAD:content", ""):
        answer = call("review", f"--base={base}")
        assert answer.code == 2, base
    shutil.rmtree(repository / ".git")
    answer = call("review", "--base", "main")
    assert answer.code == 2
    assert "git" in answer.err


@pytest.mark.parametrize(
    "text",
    [
        "<img>",
        "@wer",
        "#12",
        "[x](y)",
        "a|b",
        "`x`",
        "![x](y)",
        "https://x.example",
        "x\n- y",
        "**x**",
        "~~x~~",
        "$x$",
        "::error::",
        "1. x",
        "&lt;",
    ],
)
def test_escaping(text: str) -> None:
    """As GitHub and GitLab read it, nothing but plain text is left."""
    import html

    from generator.pages import markdown

    shown = markdown.as_github(f"- {esc(text)}")
    assert re.sub(r"</?(?:ul|li)>\n?", "", shown).count("<") == 0
    plain = html.unescape(re.sub(r"</?(?:ul|li)>\n?", "", shown)).strip()
    assert plain == " ".join(text.split())
