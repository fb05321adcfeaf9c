"""The form says what `wissen check` says: the same messages at the same fields, and no others."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.catalogue import evaluation_rules, rules
from generator.exports.form_data import _patterns
from generator.exports.javascript_regex import javascript
from generator.exports.python_only import ONLY_PYTHON
from generator.records import record_rules
from generator.records.files import SUFFIXES
from generator.records.types import TYPES
from generator.records.value_rules import slug
from generator.records.yaml_reader import CONTROL
from tests.formular.helpers import Read, findings_of, for_node, has_node, in_node, read_in_python
from tests.helpers import FIXTURES, Dumper, Folder, data

pytestmark = pytest.mark.skipif(not has_node(), reason="needs node")

ROOT = Path(__file__).resolve().parents[2]
RECORDS = [
    p
    for root in (FIXTURES / "fehler", FIXTURES / "gueltig", ROOT / "examples/musterkreis", ROOT / "content", ROOT / "tests/hostile/content")
    for p in sorted(root.glob("*/*"))
    if p.suffix in SUFFIXES and p.parent.name in {m.ordner for m in TYPES.values()}
]  # fmt: skip


def compare(reads: list[tuple[str, Path, Read]]) -> int:
    """Run the form's checks over what Python has read; returns how many findings were compared."""
    cases = [(name, read, for_node(read, p, name)) for name, p, read in reads if isinstance(read.root, dict)]  # fmt: skip
    answers = in_node(check=[case for _, _, case in cases])["check"]
    differences = []
    compared = 0
    for (name, read, _), answer in zip(cases, answers, strict=True):
        python = {f for f in read.findings if f[2] not in ONLY_PYTHON}
        browser = findings_of(answer)
        compared += len(python)
        if python != browser:
            differences.append((name, "only Python", sorted(map(str, python - browser)), "only the form", sorted(map(str, browser - python))))  # fmt: skip
    assert differences == []
    return compared


def test_every_fixture_and_every_record() -> None:
    reads = []
    for file in RECORDS:
        datei = f"{file.parent.name}/{file.name}"
        read = read_in_python(file, datei)
        if not isinstance(read.root, dict):
            assert {f[2] for f in read.findings} <= {*ONLY_PYTHON, "dateiname"}, file
        reads.append((datei, file, read))
    assert compare(reads) > 200


VALUES: list[Any] = [
    "", " ", "~", "x", "ja", "nein", "vielleicht", "0", "-1", "5,5", "25.000", "1.234,56", "99999999999999", "1000 bis 2000",
    "2000 bis 1000", "2026", "2026-02-30", "31.12.2026", "3. März 2026", "03/2026", "2026-3-7 12:00", "1899-01-01", "Freigegeben",
    "freigeben", "empfolen", "Kreis Steinfurt", "../organisationen/kreis.md", "kreis-steinfurt", "www.example.org", "https://example.org",
    "http://a b", "max.mustermann@kreis.example", "info@kreis.example", "erika_muster@kreis.example", "Rufen Sie Frau Dr. Müller an",
    "Tel.: 02551 69-0", "Herr Landrat Schmidt", "Frau Landrätin und Herr Bürgermeister", "Der Bieter A lag vorn", "Angebotspreis: 12.000 Euro",
    "nichts aus laufenden Vergabeverfahren", "laufendes Vergabeverfahren", "<b>fett</b>", "<script>", "a < b", "[x](javascript:alert(1))",
    "&#106;avascript:alert(1)", "java&Tab;script&colon;x", "![x](//evil.example/x.png)", "![x][y]\n\n[y]: https://evil.example/x.png", "{: onclick=x }",
    "`<b>` und `{.x}`", "~~~\n<script>\n~~~", "# Titel", "Titel\n=====", "## gut", "\u00a0", "e\u0301", "😀" * 80, "Größe & Maß", "z" * 5000,
    "a\nb\nc", "- a\n- b", [], ["a"], ["a", ""], [[]], {}, {"a": "b"}, {"von": "5", "bis": "3"}, ["52.1", "7.4"], "52.28, 7.44", {"name": "x"}, {"Termine": "12"},
    ["kreis", "Kreis X"], [{"titel": "x"}], [{"titel": "x", "art": "presse", "datum": "gestern"}], [{"art": "Siehe auch", "ziel": "x"}],
    [{"id": "a", "punkte": "11"}, {"id": "a", "punkte": "7", "gewicht": "x"}], [{"text": "x", "erfuellt": "na ja"}], {"avv": ["a", "b"], "x": {"y": "z"}},
    {"einmalig": "1 bis 2 bis 3", "laufend_jahr": ["1", "2"], "basis": "x"}, "2026-01 bis 2026-03", "2026-01/2026-03", None,
]  # fmt: skip
NAMES = sorted({n for m in TYPES.values() for n in m.model_fields} | {"Titel", "kurz gesagt", "nutzwert", "tittel", "x", "gemeinde\u200bx"})  # fmt: skip


def test_any_value_in_any_field(tmp_path: Path) -> None:
    chance = random.Random(20260701)
    reads = []
    for number in range(1200):
        typ = chance.choice([*TYPES])
        changes = {chance.choice(NAMES): chance.choice(VALUES) for _ in range(chance.randint(1, 3))}
        fields: dict[str, Any] = {**data(typ), **changes, "typ": typ}
        for name in chance.sample([*fields], chance.choice([0, 0, 0, 1])):
            if name != "typ":
                del fields[name]
        head = yaml.dump(fields, Dumper=Dumper, allow_unicode=True, sort_keys=False)
        body = chance.choice([v for v in VALUES if isinstance(v, str)] + [""] * 40).strip("\n")
        file = (
            tmp_path / f"{chance.choice(['muster', 'muster', 'x-1', 'Über', 'con', 'z' * 101])}.md"
        )
        file.write_text(f"---\n{head}---\n{body}\n", encoding="utf-8")
        datei = f"{TYPES[typ].ordner}/{file.name}"
        reads.append((f"{number} {changes}", file, read_in_python(file, datei)))
    cases = [(TYPES[r.root["typ"]].ordner + "/" + f.name, f, r) for _, f, r in reads if isinstance(r.root, dict)]  # fmt: skip
    assert compare(cases) > 3000


def test_expressions_find_the_same() -> None:
    """Each expression of the checks over all texts there are, in Python and translated."""
    texts = [v for v in VALUES if isinstance(v, str)]
    texts += [p.read_text(encoding="utf-8", errors="ignore")[:20_000] for p in RECORDS[::7]]
    texts = [t for t in texts if not CONTROL.search(t)]
    patterns = _patterns()
    requests = [(n, t) for n in patterns for t in texts]
    answers = in_node(match=[[*javascript(patterns[n]), t] for n, t in requests])["match"]
    for (name, text), answer in zip(requests, answers, strict=True):
        assert answer == [f"{m.start()}:{m[0]}" for m in patterns[name].finditer(text)], name


def test_the_category_is_checked_alike(folder: Folder) -> None:
    for number, value in enumerate(("terminvergabe", "terminvergaben", "xyz", "e-akte")):
        folder.add("loesung", f"loesung-{number}", kategorie=value)
    folder.file(
        "kategorien.yml", "- id: terminvergabe\n  name: Termine\n- id: e-akte\n  name: Akte\n"
    )
    python = [p.message for p in folder.problems() if p.code == "kategorie"]
    records = [{"typ": "loesung", "daten": {"kategorie": v}} for v in ("terminvergabe", "terminvergaben", "xyz", "e-akte")]  # fmt: skip
    browser = [f["message"] for found in in_node(category=records)["category"] for f in found]
    assert browser == python
    assert len(python) == 2


def test_every_rule_is_somewhere() -> None:
    """A rule runs in the form, or the form says that only the request checks it."""
    within = {rule.__name__ for rule in record_rules.RULES}
    assert set(in_node()["rules"]) == within
    across = {r.__name__ for r in (*rules.RULES, *evaluation_rules.RULES, rules._ids_are_unique)}
    assert across - {"categories_exist"} <= ONLY_PYTHON.keys()
    assert {n for n in ONLY_PYTHON if "_" in n} <= across
    assert not within & ONLY_PYTHON.keys()


def test_names_become_the_same_ids() -> None:
    """What the form suggests as a file name is what `slug` makes of a title."""
    assert slug("Größe & Maß: Fußgängerzone") == "groesse-mass-fussgaengerzone"
