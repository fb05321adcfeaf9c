"""Texts that give something away, and texts that only look like it."""

from __future__ import annotations

import time

import pytest

from generator.records.text_rules import (
    check_text,
    is_personal_mailbox,
    may_break_a_rule,
    without_code,
)

PEOPLE = """
Frau Müller
Herrn Dr. Müller
Herr Dr. h. c. Hans Schmidt
Dr. med. Anna Özdemir
Prof. Müller
Dr.-Ing. Weber
Dipl.-Ing. Hans Weber
Hr. Meier
Frau Bürgermeisterin Schmidt
Herr Landrat Dr. Weber
Herr M. Müller
Herr von der Heide
Herr MÜLLER
Herr Şahin
Frau Émile
Frau O'Neill
Frau Müller-Lüdenscheidt
Frau\N{NO-BREAK SPACE}Müller
max.mustermann@kreis.example
m.mueller@kreis.example
jörg.müller@kreis.example
anna_meier@kreis.example
anna-meier@kreis.example
anna.meier [at] kreis.example
`anna.meier@kreis.example` (auch als Code)
"""
PHONES = """
0251 12345-0
02551/69-0
(05451) 931-0
0251–12345
0251\N{NO-BREAK SPACE}12345
+49 251 123456
+49 (0) 251 12345
+49.251.12345
0049 251 12345
0800 1234567
0171-1234567
01711234567
Telefon 02551 69-0
Tel.: 69-1234
Durchwahl: 1234
Fax-Nr.: 691234
"""
PROCUREMENT = """
Bieter A bot 12.000 Euro
Bieterin 2 war teurer
ein unterlegener Bieter
Der Angebotspreis lag bei 12.000 Euro
Das günstigste Angebot lag bei 12.000 Euro
Ein Angebot über 45.000 Euro
Angebot Nr. 4711
Angebot vom 3. Mai
Angebot der Firma Beispiel
Es gingen fünf Angebote ein
Es wurden drei Angebote eingereicht
Rang 2 unter den Bietern
der Bestbietende
Den Zuschlag erhielt die Beispiel GmbH
Die laufende Ausschreibung endet bald
Das Vergabeverfahren läuft
Derzeit läuft eine Ausschreibung
Vergabevermerk vom Mai
Submissionsprotokoll
"""
HTML = """
<b>fett</b>
</div>
<Name der Kommune>
<img src=x onerror=alert(1)
<svg/onload=alert(1)>
<details/open/ontoggle=alert(1)>
<p title="<">
<x onclick=alert(1)
<!-- Kommentar -->
<![CDATA[x]]>
<?php x ?>
<!DOCTYPE html>
\\`<b>\\`
"""
SCRIPTS = """
[x](javascript:alert(1))
[x](JAVASCRIPT:alert(1))
[x](< javascript: alert(1)>)
[x](&#106;avascript:alert(1))
[x](javascript&colon;alert(1))
[x](vbscript:x)
[x](data:text/html;base64,xx)
"""
IMAGES = """
![x](http://example.org/x.png)
![x](//example.org/x.png)
![x](<https://example.org/x.png>)
![x](https:example.org/x.png)
![a [b] c](https://example.org/x.png)
![x](\\\\\\\\example.org)
"""
ATTRIBUTES = """
Wort{: onclick=alert(1)}
# Titel {#anker}
Wort {.rot}
Wort { onclick=alert(1) }
"""
HARMLESS = """
E-Vergabe-Plattform
Digitalangebote für alle
Ein Bieter gibt ein Angebot ab.
Bieter haben Anspruch auf Vertraulichkeit.
Das wirtschaftlichste Angebot erhält den Zuschlag.
Nichts aus laufenden Vergabeverfahren eintragen
Angaben zu Bietern und Angeboten sind vertraulich.
Öffentliche Ausschreibung ist ein Verfahren
Das Angebot der Bibliothek umfasst 12 Kurse
Angebote für Familien ab 5 Euro
Ein Angebot zu 5 Themen
Rang 2 im Landesvergleich
Wettbewerb: Platz 1 von 20
AGS 05566004 und 05566096
LeiKa 99115005000000
Frau und Mann
Herr der Lage
Von Frau zu Frau
Frauen und Männer
Sehr geehrte Damen und Herren
Frau Bürgermeisterin
Frau Landrätin, bitte
Herr Mustermann
im Jahr 2024 und am 2025-01-31
2022-06 bis 2023-01
12 000 KB, 10 000 000 Euro, 1 000 000 000 Euro
100.000–250.000 Euro
24/7 erreichbar
DIN EN 301 549
ISO 27001:2022
Az. 10-24
von 08:00-12:00 Uhr
52.14434, 7.2127
115 ist die Behördennummer
https://www.kommune21.de/?p=124853
https://example.org/tel/0251-12345
siehe <https://www.example.org/a?b=c>
a < b und c > d
5 <6, x <- y
\\<Name> einsetzen
`<b>` und ``a ` <b>``
`{: .x}`
`javascript:alert(1)`
JavaScript: ein Kurs
Big Data: Anwendungen
digitalisierung@kreis.example
smart-region.buero@kreis.example
bürger.büro@kreis.example
stadtwerke.kundenservice@stadt.example
vorname.nachname@kreis.example ist verboten
@kreis-muster@social.example
![Bild](bild.png)
![Bild](../bilder/bild.png)
Mengen {a, b} und {feld}
"""


def _lines(block: str) -> list[str]:
    return [line.replace("\\\\", "\\") for line in block.strip().split("\n")]


@pytest.mark.parametrize(
    ("code", "text"),
    [("personenbezug", t) for t in _lines(PEOPLE)]
    + [("telefonnummer", t) for t in _lines(PHONES)]
    + [("vergabe", t) for t in _lines(PROCUREMENT)]
    + [("html", t) for t in _lines(HTML)]
    + [("skript", t) for t in _lines(SCRIPTS)]
    + [("fremdes-bild", t) for t in _lines(IMAGES)]
    + [("attribute", t) for t in _lines(ATTRIBUTES)]
    + [
        ("personenbezug", "Ansprechpartnerin: Frau\nMüller"),
        ("fremdes-bild", "![x][logo]\n\n[logo]: https://example.org/x.png"),
        ("fremdes-bild", "![logo]\n\n[Logo]: //example.org/x.png"),
        ("html", "Ein ``` Zeichen\n<script>alert(1)</script>"),
        ("html", "`offen\n\n<b>` zu"),
        ("html", "```\ncode\n```\n<b>"),
        ("html", "<a\nhref=x>"),
        ("skript", "[x](java\nscript:alert(1))"),
    ],
)
def test_what_gives_something_away_is_found(code: str, text: str) -> None:
    assert code in [f.code for f in check_text(text, markdown=True)]
    assert may_break_a_rule(f"davor 5\n|\n{text}\n|\n3 danach")


@pytest.mark.parametrize(
    "text",
    [
        *_lines(HARMLESS),
        "```\n<script>alert(1)</script>\n```",
        "~~~ html\n<b>\n~~~",
        "- Liste\n\n    ```\n    <b>\n    ```\n",
        "> ```\n> <b>\n> ```\n",
        "````\n```\n<b>\n````",
        "`Code über\nzwei Zeilen <b>`",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert [f.message for f in check_text(text, markdown=True)] == []


def test_the_place_is_where_it_stands() -> None:
    text = "Viel Text. Dann <b>fett</b>, 0251 12345 und Frau Müller."
    places = {f.code: text[f.offset :].split()[0] for f in check_text(text, markdown=True)}
    assert places == {"html": "<b>fett</b>,", "telefonnummer": "0251", "personenbezug": "Frau"}


def test_blanking_code_keeps_every_offset() -> None:
    text = "a `b` c\n```\nd\n```\ne ~~~ f\n~~~\ng\n"
    blank = without_code(text)
    assert len(blank) == len(text)
    assert blank.count("\n") == text.count("\n")
    assert blank.split() == ["a", "c", "e", "~~~", "f"]


@pytest.mark.parametrize(
    ("address", "personal"),
    [
        ("info@x.example", False),
        ("mueller@x.example", False),
        ("m.mueller@x.example", True),
        ("team.digital@x.example", False),
        ("rathaus-2@x.example", False),
        ("erika.vergabestelle@x.example", False),
        ("anna.klimaszewski@x.example", True),
    ],
)
def test_personal_mailboxes(address: str, personal: bool) -> None:
    assert is_personal_mailbox(address) is personal


@pytest.mark.parametrize(
    "start",
    [
        "![x](",
        "[x]: ",
        "[x](",
        "Frau",
        "+49",
        "Tel.:",
        "Bieter",
        "{",
        "<a",
        "java",
        "Angebot",
        "läuft",
    ],
)
def test_no_blank_takes_long(start: str) -> None:
    began = time.perf_counter()
    for _ in check_text(f"{start}{' ' * 200_000}x", markdown=True):
        pass
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "part",
    [
        '<a "',
        "<!--",
        "![",
        "` `` ``` ",
        "a.",
        "Herr ",
        "Dr. ",
        "0251 ",
        "<a/",
        "{",
        "> ",
        "[a]: ",
        "```\n",
        "Dr. von ",
        "läuft ein ",
        "a@a.",
        "java ",
        "nicht laufende Vergabe ",
        "![[a]",
    ],
)
def test_no_text_takes_long(part: str) -> None:
    text = "Herr " + part * (200_000 // len(part)) + "x"
    start = time.perf_counter()
    for _ in check_text(text, markdown=True):
        pass
    assert time.perf_counter() - start < 5  # far below it; quadratic patterns take minutes
