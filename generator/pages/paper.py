"""What the decision paper of an evaluation needs besides the evaluation's own page.

The paper is that page laid out anew by the browser (`?vorlage`, `theme/…/vergleich/vorlage.js`): a page of its
own for each evaluation would cost a fourth of all pages again, and say the same.  So here is only what the
page does not show: the sentence to decide on, the version, how to cite it.
"""

from __future__ import annotations

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.validity import Validity
from generator.catalogue.version import version
from generator.records.evaluation_types import Bewertung
from generator.records.german import german_date

# What a committee is asked to decide, by verdict or, without one, by how far the evaluation is.
PROPOSALS = {
    "empfohlen": "Die Verwaltung wird beauftragt, die Einführung von {was} für den Zweck „{zweck}“ vorzubereiten. "
    "Grundlage ist die unten dargestellte Bewertung.",
    "bedingt_empfohlen": "Die Verwaltung wird beauftragt zu prüfen, ob die unten genannten Bedingungen vorliegen. "
    "Ist das der Fall, bereitet sie die Einführung von {was} für den Zweck „{zweck}“ vor.",
    "weiter_beobachten": "Über die Einführung von {was} wird derzeit nicht entschieden. Die Verwaltung beobachtet die "
    "Entwicklung und berichtet, sobald sich eine der unten genannten Voraussetzungen ändert, spätestens zum {bis}.",
    "derzeit_nicht_empfohlen": "Von der Einführung von {was} wird derzeit abgesehen. Die Verwaltung prüft neu, sobald "
    "sich eine der unten genannten Voraussetzungen ändert, spätestens zum {bis}.",
    "nicht_empfohlen": "Von der Einführung von {was} für den Zweck „{zweck}“ wird abgesehen.",
    "ohne_votum": "Die Erfahrungen mit {was} werden zur Kenntnis genommen.",
    "geplant": "Die Verwaltung beteiligt sich an der angekündigten gemeinsamen Prüfung und verzichtet so lange auf eine "
    "eigene.",
    "laufend": "Die Verwaltung wartet das Ergebnis der laufenden Prüfung ab und verzichtet so lange auf eine eigene.",
    "abgebrochen": "Der Abbruch der Prüfung wird zur Kenntnis genommen.",
}


def proposal(record: Bewertung, judged: Validity, subject: str) -> str:
    """The sentence that the committee may decide, for the own administration to adapt."""
    text = PROPOSALS[record.verdikt or record.pruefstatus]
    until = german_date(judged.until)
    return text.format(was=f"„{subject}“", zweck=record.einsatzzweck, bis=until)


def citation(record: Bewertung, catalogue: Catalogue, code: str) -> str:
    """How to quote an evaluation; the browser adds the address."""
    day, wiki = german_date(record.stand), catalogue.settings
    place = ", ".join(filter(None, (wiki.titel or "Wissensspeicher", wiki.untertitel)))
    who = f"{catalogue.name(record.herausgeber)} ({record.stand.year})"
    return f"{who}: {record.titel}. Bewertung, Stand {day}, Fassung {code}. In: {place}"


def paper_data(
    record: Bewertung, judged: Validity, subject: str, catalogue: Catalogue
) -> dict[str, str]:
    code = version(catalogue.plain(record))
    contact = (record.verantwortlich, catalogue.name(record.herausgeber), record.kontakt)
    return {
        "auskunft": ", ".join(filter(None, contact)),
        "vorschlag": proposal(record, judged, subject),
        "fassung": code,
        "zitat": citation(record, catalogue, code),
    }
