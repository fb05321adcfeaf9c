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
from html import unescape
from itertools import islice

from generator.records.problems import quoted
from generator.records.wording import said


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that may follow "Frau"/"Herr" without naming anybody; a name may come after them.
_OFFICES = _words(
    """Abgeordnete Abgeordneter Abgeordneten Amtsleiter Amtsleiterin Beigeordnete Beigeordneter
    Beigeordneten Bundeskanzler Bundeskanzlerin Bundespräsident Bundespräsidentin Bürgermeister
    Bürgermeisterin Dezernent Dezernentin Direktor Direktorin Kanzler Kanzlerin Kollege Kollegin
    Kollegen Kreisdirektor Kreisdirektorin Kämmerer Kämmerin Landrat Landrätin Minister Ministerin
    Ministerpräsident Ministerpräsidentin Oberbürgermeister Oberbürgermeisterin Präsident
    Präsidentin Staatssekretär Staatssekretärin Vorsitzende Vorsitzender Vorsitzenden"""
)
_NOT_A_NAME = frozenset(["Frau", "Herr", "Mann", "Und", "Oder", "Musterfrau", "Mustermann"])
# Words that make a mailbox one of a function, even if it has two parts.
_FUNCTIONS = _words(
    """abfall abteilung admin administration ag amt archiv ausbildung bauamt bauen bauhof beschaffung
    beteiligung bewerbung bibliothek buecherei buergerbuero buero cdo ciso data datenschutz demokratie
    dezernat digital digitalisierung dsb edv einkauf energie fachbereich fachdienst feuerwehr finanzen
    foerderung friedhof gemeinde geschaeftsfuehrung geschaeftsstelle gleichstellung helpdesk hilfe
    hotline info innovation isb it jugend jugendamt karriere kasse ki kita klima kommunikation kontakt
    kreis kreishaus kultur lab leitstelle leitung mail mailbox marketing mobilitaet nachname name
    newsletter no noreply online open ordnungsamt orga organisation personal planung post poststelle
    presse pressestelle projekt rathaus redaktion referat region reply schule sekretariat service
    sicherheit sil smart soziales sozialamt sport stab stabsstelle stadt stadtwerke standesamt
    stelle steuern strassen support team technik ticket tourismus umwelt vergabe verkehr verwaltung
    vhs vorname vorstand web webmaster wirtschaft wissen zentrale"""
)
_LONG_FUNCTIONS = tuple(sorted(word for word in _FUNCTIONS if len(word) > 5))
MOST = 20  # findings of one rule in one text


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a text breaks, at a character offset in that text."""

    offset: int
    code: str
    message: str


_EMAIL = re.compile(
    r"(?<![\w.%+-])[\w.%+-]{1,64}(?:@|\s?[\[(]\s?at\s?[\])]\s?)[\w-]{1,63}(?:\.[\w-]{1,63})+"
)
_SALUTATION = re.compile(r"\b(?:Herrn?|Frau)\b(?!-)|\b(?:Hr|Fr|Dr|Prof|Dipl)\.(?:-Ing\.)?")
# Degrees, initials and particles between a salutation and the name.
_BEFORE_NAME = re.compile(
    r"(?:\s*\b(?:Dr|Prof|Dipl|Ing|Mag|med|jur|phil|rer|nat|pol|oec|h|c|mult|[A-ZÄÖÜ])\.(?:-?Ing\.)?"
    r"|\s+(?:von|van|de|zu)\b(?:\s+de[rmn]?\b)?){0,8}+"
)
_CAPITALISED = re.compile(r"\s*([^\W\d_][\w'’]*(?:-[^\W\d_][\w'’]*)*)")
_PHONE = re.compile(
    r"(?<![\w.,/-])(?<!\d\s)(?:(?:\+|00)\d{2}[\s./()–-]*\d[\d\s./()–-]{5,18}\d"
    r"|\(?0\d{2,5}\)?\s?[/\s–-]\s?\d[\d\s–-]{2,14}\d|01[567]\d{8,9})(?![\w-])"
    r"|\b(?:Tel|Telefon|Telefax|Fax|Mobil|Handy|Durchwahl)\b(?:\.|-?(?:[Nn]r\.?|[Nn]ummer))?\s?:\s?"
    r"[+(]?\d[\d\s/()–-]{2,18}\d"
)
_NEGATED = re.compile(r"\b(?:kein\w*|nicht\w*|nie\w*|ohne|während|vertraulich\w*)\b[^.\n]*$", re.I)
_RUNNING = re.compile(
    r"\blaufende[nsmr]?\s+(?:Vergabeverfahren|Ausschreibung|Vergabe)\b"
    r"|\b(?:Vergabeverfahren|Ausschreibung)\s+läuft\b"
    r"|\bläuft\b[^.\n]{0,30}\b(?:ein|eine|die|das)\s+(?:Vergabeverfahren|Ausschreibung)\b"
)
_PROCUREMENT = re.compile(
    r"\b(?:Angebotspreise?s?|Angebotssummen?|Submissionsergebnis(?:se)?)\b[^.\n]{0,60}?\d[\d.,]*"
    r"|\bBieter(?:in)?\s+(?:[A-Z]\b|\d|Nr\.)"
    r"|\b[Uu]nterlegene[nrs]?\s+Bieter"
    r"|\bAngebote?s?\b\s+(?:(?:lag|lagen|betrug|kam)\b[^.\n]{0,20}\d|in\s+Höhe\s+von|(?:über|zu)\s+[\d.]+\s*(?:€|Euro|EUR)|Nr\.|vom\s+\d)"
    r"|\b(?:günstigste|billigste|teuerste|wirtschaftlichste|niedrigste|höchste)[nrs]?\s+Angebote?s?\b[^.\n]{0,60}?(?:\d|\b(?:von|der)\s+(?:Firma|Fa\.))"
    r"|\b(?:gingen|sind|wurden)\b[^.\n]{0,40}\bAngebote\b\s+(?:ein|eingegangen|abgegeben|eingereicht)\b"
    r"|\b(?:Rang|Platz)\s+\d+\b[^.\n]{0,40}\b(?:Bieter|Vergabe|Angebot[es]?\b|Ausschreibung)"
    r"|\b(?:[Bb]estbietend|[Mm]indestbietend|[Bb]ieterreihenfolge|[Aa]ngebotsrangfolge)\w*"
    r"|\bAngebot\s+(?:der|des|von)\s+(?:Firma|Fa\.|Anbieters?|Bieters?)\b"
    r"|\b(?:[Dd]er|[Dd]en)\s+Zuschlag\s+(?:erhielt|erhält|bekam|ging)\b"
    r"|\bVergabe(?:vermerk|akte)\s+(?:Nr|vom|Az)"
    r"|\b(?:Submissions|Angebotsöffnungs)(?:protokoll|niederschrift)\w*",
)
# Tags that a browser would take for one, with `/` or a space before attributes; comments and the like.
_HTML = re.compile(
    r"""(?<!\\)<(?:[A-Za-z][\w:-]*(?:[\s/](?>"[^"]{0,2000}"|'[^']{0,2000}'|[^<>"']+){0,60}+)?>"""
    r"|/[A-Za-z][\w:-]*\s*>|!--|!\w|!\[CDATA\[|\?\w)"
)
_OPEN_HTML = re.compile(
    r"(?<!\\)<(?:(?:script|iframe|object|embed|img|svg|math|style|link|meta|form|base|video|audio)\b"
    r"|[A-Za-z][\w:-]*[\s/]+[\w:@.-]+\s*=)",
    re.I,
)
# Followed by code or at the place of an address; "JavaScript: ein Kurs" is neither.
_SCHEME = re.compile(
    r"(?:java|vb)\s*script\s*:(?=\S)|(?<=[(<:=\"'])\s*(?:java|vb)\s*script\s*:"
    r"|\bdata:\s*(?:text|image|application)/",
    re.I,
)
_FOREIGN = r"\s*+<?\s*+(?:[a-zA-Z][\w+.-]*:|[/\\]{2})"
_FOREIGN_IMAGE = re.compile(rf"!\[(?:\\.|[^\[\]\\]|\[[^\[\]]{{0,200}}\]){{0,500}}+\]\({_FOREIGN}")
_IMAGE_BY_NAME = re.compile(r"!\[([^\[\]]{0,500})\](?:\[([^\[\]]{0,500})\])?(?!\()")
_DEFINITION = re.compile(rf"^ {{0,3}}\[([^\[\]]{{1,500}})\]:{_FOREIGN}", re.MULTILINE)
_ATTR_LIST = re.compile(
    r"\{:[^{}\n]{0,500}\}|\{\s*[.#][\w-][^{}\n]{0,500}\}|\{\s*[\w-]+\s*=[^{}\n]{0,500}\}"
)
_AUTOLINK = re.compile(r"<https?://[^\s<>]+>")
_FENCE = re.compile(
    r"^([ \t]*(?:>[ ]?)*)(`{3,}(?=[^`\n]*$)|~{3,})[^\n]*(?:\n\1[^\n]*|\n[ \t]*$)*?"
    r"(?:\n\1[ ]{0,3}\2[`~]*[ \t]*$|\Z)",
    re.MULTILINE,
)
_CODE_SPAN = re.compile(
    r"(?<![`\\])(`+)(?!`)(?:[^`\n]|\n(?![ \t]*\n)|(?!(?<!`)\1(?!`))`){1,2000}?(?<!`)\1(?!`)"
)


def without_code(text: str) -> str:
    """`text` with blanks in place of Markdown code, so that offsets stay."""
    if "`" not in text and "~~~" not in text:
        return text
    for pattern in (_FENCE, _CODE_SPAN):
        text = pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    return text


# What the web form's half of these rules is made of (`exports/form_data.py`).
PATTERNS = {
    "postfach": _EMAIL, "anrede": _SALUTATION, "vor_name": _BEFORE_NAME, "wort": _CAPITALISED, "telefon": _PHONE,
    "verneint": _NEGATED, "laufend": _RUNNING, "vergabe": _PROCUREMENT, "schema": _SCHEME, "html": _HTML,
    "html_offen": _OPEN_HTML, "autolink": _AUTOLINK, "bild": _FOREIGN_IMAGE, "bild_name": _IMAGE_BY_NAME,
    "definition": _DEFINITION, "attribute": _ATTR_LIST, "zaun": _FENCE, "code": _CODE_SPAN,
}  # fmt: skip
WORD_LISTS = {"aemter": _OFFICES, "kein_name": _NOT_A_NAME, "funktionen": _FUNCTIONS}

# Without one of these signs a rule finds nothing; looking for them is far cheaper than the rule.
_PEOPLE_SIGNS = ("@", "(at", "( at", "[at", "[ at", "Herr", "Frau", "Hr.", "Fr.", "Dr.", "Prof.", "Dipl.")  # fmt: skip
_PHONE_SIGN = re.compile(r"[+(0](?<![\w.,/-].)(?<!\d\s.)\d|:\s?[+(]?\d")
_PROCUREMENT_SIGNS = ("ngebot", "ieter", "ubmission", "estbietend", "Zuschlag", "ergabe", "usschreibung")  # fmt: skip
_ACTIVE_SIGNS = ("<", "script", "data:", "&#")


def _sees_people(text: str) -> bool:
    return any(s in text for s in _PEOPLE_SIGNS) or _PHONE_SIGN.search(text) is not None


def _sees_procurement(text: str) -> bool:
    return any(s in text for s in _PROCUREMENT_SIGNS)


def _sees_active(text: str) -> bool:
    text = text.lower()
    return any(s in text for s in _ACTIVE_SIGNS)


def _sees_markdown(text: str) -> bool:
    return "![" in text or "{" in text


def may_break_a_rule(text: str) -> bool:
    """False if no rule finds anything in `text` or in any part of it."""
    return any(
        sees(text) for sees in (_sees_people, _sees_procurement, _sees_active, _sees_markdown)
    )


def check_text(text: str, *, markdown: bool) -> Iterator[Finding]:
    """All findings in one text.  In Markdown, code may show what would be forbidden outside it."""
    rules = []
    if _sees_people(text):
        rules.append(_people(text))
    if _sees_procurement(text):
        rules.append(_procurement(text))
    visible = without_code(text) if markdown else text
    if _sees_active(visible):
        rules.append(_active_content(visible))
    if markdown and _sees_markdown(visible):
        rules.append(_markdown(visible))
    for findings in rules:
        yield from islice(findings, MOST)


def _people(text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        if is_personal_mailbox(match[0]):
            yield Finding(
                match.start(),
                "personenbezug",
                said("postfach", wert=quoted(match[0])),
            )
    done = 0
    for match in _SALUTATION.finditer(text):
        end = _end_of_name(text, match.end())
        if end and match.start() >= done:
            done = end
            yield Finding(
                match.start(),
                "personenbezug",
                said("person", wert=quoted(text[match.start() : end])),
            )
    for match in _PHONE.finditer(text):
        yield Finding(
            match.start(),
            "telefonnummer",
            said("telefonnummer", wert=quoted(match[0])),
        )


def _end_of_name(text: str, start: int) -> int:
    """Where the name that follows a salutation ends; 0 if none follows."""
    for _ in range(5):
        before = _BEFORE_NAME.match(text, start)
        start = before.end() if before else start
        word = _CAPITALISED.match(text, start)
        if word is None or not word[1][0].isupper() or len(word[1]) < 2 or word[1] in _NOT_A_NAME:
            return 0
        if word[1] not in _OFFICES:
            return word.end()
        start = word.end()
    return 0


def _procurement(text: str) -> Iterator[Finding]:
    found = [*_PROCUREMENT.finditer(text)]
    for match in _RUNNING.finditer(text):
        # "Nichts aus laufenden Vergabeverfahren" gives nothing away.
        if not _NEGATED.search(text, max(match.start() - 80, 0), match.start()):
            found.append(match)
    for match in found:
        yield Finding(
            match.start(),
            "vergabe",
            said("vergabe", wert=quoted(match[0])),
        )


def _active_content(visible: str) -> Iterator[Finding]:
    schemes = [(m.start(), m[0]) for m in _SCHEME.finditer(visible)]
    if not schemes and "&" in visible and (hidden := _SCHEME.search(unescape(visible))):
        schemes = [(visible.index("&"), hidden[0])]  # spelled with character references
    for offset, found in schemes:
        yield Finding(
            offset,
            "skript",
            said("skript", wert=quoted(found)),
        )
    if "<" not in visible:
        return
    visible = _AUTOLINK.sub(lambda m: " " * len(m[0]), visible)
    tags = [*_HTML.finditer(visible)] or [*_OPEN_HTML.finditer(visible)]
    opening = [t for t in tags if not t[0].startswith("</")]
    for tag in opening or tags:
        yield Finding(
            tag.start(),
            "html",
            said("html", wert=quoted(tag[0])),
        )


def _markdown(visible: str) -> Iterator[Finding]:
    if "![" in visible:
        foreign = {m[1].casefold() for m in _DEFINITION.finditer(visible)}
        images = [m.start() for m in _FOREIGN_IMAGE.finditer(visible)]
        for match in _IMAGE_BY_NAME.finditer(visible):
            if (match[2] or match[1]).casefold() in foreign:
                images.append(match.start())
        for offset in images:
            yield Finding(
                offset,
                "fremdes-bild",
                said("fremdes-bild"),
            )
    if "{" in visible:
        for match in _ATTR_LIST.finditer(visible):
            yield Finding(
                match.start(),
                "attribute",
                said("attribute", wert=quoted(match[0])),
            )


def is_personal_mailbox(address: str) -> bool:
    """True for `vorname.nachname@…`, `v.nachname@…` and the like; function words make it a function."""
    local = re.split(r"@|\s?[\[(]", address, maxsplit=1)[0].casefold()
    for umlaut, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        local = local.replace(umlaut, plain)
    parts = [p for p in re.split(r"[._+-]", local) if p]
    if len(parts) < 2:
        return False
    return not any(
        part in _FUNCTIONS
        or part.isdigit()
        or part.startswith(_LONG_FUNCTIONS)
        or part.endswith(_LONG_FUNCTIONS)
        for part in parts
    )
