"""Rules on free text: no personal data, nothing of a procurement, no active content.

They run over every text of a record and over static pages.  Each rule is a pattern with a German
reason.  Sources: privacy (GDPR art. 5, data minimisation), VgV § 5 (confidentiality of offers),
design chapter 5 (untrusted input).  They look for what gives something away, not for the topic:
a page may explain what a bidder is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.records.problems import quoted

_NAME = r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?"
# Words that follow "Frau"/"Herr" without naming anybody.
_OFFICES = frozenset(
    [
        "Bürgermeister",
        "Bürgermeisterin",
        "Oberbürgermeister",
        "Oberbürgermeisterin",
        "Landrat",
        "Landrätin",
        "Minister",
        "Ministerin",
        "Kreisdirektor",
        "Kreisdirektorin",
        "Präsident",
        "Präsidentin",
        "Direktor",
        "Direktorin",
        "Kämmerer",
        "Kämmerin",
        "Kollege",
        "Kollegin",
        "Vorsitzende",
        "Vorsitzender",
        "Und",
        "Oder",
    ]
)
# Words that make a mailbox one of a function, even if it has two parts.
_FUNCTIONS = frozenset(
    [
        "info",
        "post",
        "poststelle",
        "mail",
        "mailbox",
        "service",
        "digitalisierung",
        "digital",
        "it",
        "edv",
        "organisation",
        "orga",
        "amt",
        "fachbereich",
        "fachdienst",
        "stabsstelle",
        "stab",
        "buero",
        "sekretariat",
        "team",
        "kontakt",
        "presse",
        "wissen",
        "redaktion",
        "projekt",
        "ag",
        "smart",
        "region",
        "kreis",
        "stadt",
        "gemeinde",
        "verwaltung",
        "rathaus",
        "buergerbuero",
        "datenschutz",
        "sicherheit",
        "support",
        "hilfe",
        "beschaffung",
        "vergabe",
        "personal",
        "innovation",
        "lab",
        "open",
        "data",
        "web",
        "online",
        "zentrale",
        "leitstelle",
        "feuerwehr",
        "klima",
        "mobilitaet",
        "bauamt",
        "ordnungsamt",
        "sozialamt",
        "jugendamt",
    ]
)

_LONG_FUNCTIONS = tuple(word for word in _FUNCTIONS if len(word) > 4)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a text breaks, at a character offset in that text."""

    offset: int
    code: str
    message: str


_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_SALUTATION = re.compile(
    rf"\b(?:Herrn?|Frau)\s+(?:(?:Prof|Dr)\.\s*)*({_NAME})|\b(?:Prof\.\s*)?Dr\.\s+(?:[A-ZÄÖÜ]\.\s*)?({_NAME})"
)
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:(?:\+|00)\d{2}[\s/()-]*\d[\d\s/()-]{5,18}\d"
    r"|\(?0\d{2,5}\)?\s?[/\s-]\s?\d[\d\s-]{2,14}\d)(?![\w-])"
)
_PROCUREMENT = re.compile(
    r"\b(?:Angebotspreise?s?|Angebotssummen?|Submissionsergebnis(?:se)?)\b[^.\n]{0,60}?\d"
    r"|\bBieter(?:in)?\s+(?:[A-Z]\b|\d|Nr\.)"
    r"|\b(?:Rang|Platz)\s+\d+\b[^.\n]{0,40}\b(?:Bieter|Vergabe|Angebot[es]?\b|Ausschreibung)"
    r"|\b(?:[Bb]estbietend|[Mm]indestbietend|[Bb]ieterreihenfolge|[Aa]ngebotsrangfolge)\w*"
    r"|\bAngebot\s+(?:der|des|von)\s+(?:Firma|Fa\.|Anbieters?|Bieters?)\b"
    r"|\b(?:der|den)\s+Zuschlag\s+(?:erhielt|erhält|bekam|ging)\b"
    r"|\blaufende[nsmr]?\s+(?:Vergabeverfahren|Ausschreibung|Vergabe)\b"
    r"|\b(?:Vergabeverfahren|Ausschreibung)\s+läuft\b"
    r"|\bVergabe(?:vermerk|akte)\s+(?:Nr|vom|Az)",
)
_HTML = re.compile(
    r"<(?:[A-Za-z][\w-]*(?:\s[^<>]{0,2000})?/?|/[A-Za-z][\w-]*\s*|!--.{0,2000}?--|!\w[^<>]{0,200}|\?\w[^<>]{0,200})>",
    re.S,
)
_OPEN_HTML = re.compile(
    r"<(?:script|iframe|object|embed|img|svg|style|link|meta|form|base|a)\b", re.I
)
_SCHEME = re.compile(r"(?:java|vb)\s*script\s*:|\bdata\s*:\s*(?:text|image|application)/", re.I)
_FOREIGN_IMAGE = re.compile(r"!\[[^\]]{0,500}\]\(\s*<?\s*(?:[a-zA-Z][\w+.-]*:)?//")
_ATTR_LIST = re.compile(r"\{:[^{}\n]{0,500}\}")
_CODE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`|<https?://[^\s<>]+>", re.S)


def check_text(text: str, *, markdown: bool) -> Iterator[Finding]:
    """All findings in one text.  In Markdown, code may show what would be forbidden outside it."""
    visible = _CODE.sub(lambda m: " " * len(m[0]), text) if markdown else text
    if "@" in text:
        yield from _emails(text)
    for match in _SALUTATION.finditer(text):
        name = match[1] or match[2]
        if name not in _OFFICES:
            yield Finding(
                match.start(),
                "personenbezug",
                f"{quoted(match[0])} nennt eine Person. Bitte nur Funktionen oder Stellen nennen, zum Beispiel „die Leitung der Stabsstelle“ (Datenschutz).",
            )
    for match in _PHONE.finditer(text):
        yield Finding(
            match.start(),
            "telefonnummer",
            f"{quoted(match[0])} sieht nach einer Telefonnummer aus. Bitte weglassen und unter „kontakt“ ein Funktionspostfach angeben.",
        )
    for match in _PROCUREMENT.finditer(text):
        yield Finding(
            match.start(),
            "vergabe",
            f"{quoted(match[0])} gibt etwas aus einem Vergabeverfahren preis. Angebote, Bietende, Rangfolgen und laufende Verfahren sind vertraulich (VgV § 5): bitte entfernen.",
        )
    for match in _SCHEME.finditer(visible):
        yield Finding(
            match.start(),
            "skript",
            f"{quoted(match[0])} kann ein Programm starten und ist nicht erlaubt. Bitte eine Adresse mit https:// angeben.",
        )
    if "<" in visible:
        match_html = _HTML.search(visible) or _OPEN_HTML.search(visible)
        if match_html:
            yield Finding(
                match_html.start(),
                "html",
                f"{quoted(match_html[0])} ist HTML und hier nicht erlaubt. Bitte Markdown verwenden; ein einzelnes Kleiner-Zeichen als \\< schreiben.",
            )
    if markdown:
        for match in _FOREIGN_IMAGE.finditer(visible):
            yield Finding(
                match.start(),
                "fremdes-bild",
                "Bilder von anderen Servern würden die Lesenden verraten. Bitte die Bilddatei zum Eintrag legen oder auf die Seite verlinken.",
            )
        for match in _ATTR_LIST.finditer(visible):
            yield Finding(
                match.start(),
                "attribute",
                f"{quoted(match[0])}: Zusätzliche Attribute in geschweiften Klammern sind nicht erlaubt. Bitte löschen.",
            )


def _emails(text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        if is_personal_mailbox(match[0]):
            yield Finding(
                match.start(),
                "personenbezug",
                f"{quoted(match[0])} sieht nach der Adresse einer Person aus. Bitte ein Funktionspostfach angeben, zum Beispiel digitalisierung@….",
            )


def is_personal_mailbox(address: str) -> bool:
    """True for `vorname.nachname@…`, `v.nachname@…` and the like; function words make it a function."""
    local = address.split("@", 1)[0].casefold()
    parts = [p for p in re.split(r"[._+-]", local) if p]
    if len(parts) < 2:
        return False
    return not any(part in _FUNCTIONS or part.startswith(_LONG_FUNCTIONS) for part in parts)
