"""What the checks within a record say, as templates: one wording for the command and the web form.

Python fills them with `said`, the form's script with the same function in JavaScript; the templates
reach it as data (`exports/form_data.py`), so that both tell a contributor the very same.  Braces name
the values; a brace itself is written twice.
"""

from __future__ import annotations

WORDING: dict[str, str] = {
    # helpers
    "meint": " Meinten Sie {}?",
    "erlaubt": " Erlaubt: {}.",
    "insgesamt": " … ({} insgesamt)",
    # single values: value_rules.py
    "leer": "Hier steht nichts. Bitte ausfüllen oder die Zeile löschen.",
    "gehört-hin": "Hier gehört {was} hin, gefunden: {gefunden}.{rat}",
    "ein-text": "ein Text",
    "gefunden-gruppe": "eine Gruppe von Feldern",
    "gefunden-liste": "eine Liste",
    "rat-gruppe": " Text mit einem Doppelpunkt vor einem Leerzeichen gehört in Anführungszeichen, ebenso Text, der mit {{ beginnt.",
    "rat-liste": " Text, der mit [ oder - beginnt, gehört in Anführungszeichen.",
    "zu-lang": "Der Text hat {länge} Zeichen, erlaubt sind höchstens {grenze}. Bitte kürzen; Einzelheiten gehören in den Text unten.",
    "ein-wort": "Hier gehört ein einzelnes Wort hin.{erlaubt}",
    "kein-wort": "{wert} ist {nomen}.{meint}{erlaubt}",
    "eine-kennung": "eine Kennung (der Dateiname ohne Endung)",
    "keine-kennung": "{wert} ist keine Kennung.{meint} Eine Kennung ist der Dateiname ohne Endung: Kleinbuchstaben, Ziffern und Bindestriche.",
    "ein-datum": "ein Datum",
    "kein-datum": "{wert} ist kein Datum.{meint} Schreibweise: JJJJ-MM-TT, zum Beispiel 2026-03-31.",
    "kein-zeitpunkt": "{wert} ist kein Datum.{meint} Schreibweise: JJJJ, JJJJ-MM oder JJJJ-MM-TT, zum Beispiel 2026-03.",
    "datum-jahre": "{wert} kann nicht stimmen: Erlaubt sind die Jahre 1900 bis 2999.",
    "datum-kalender": "{wert} gibt es im Kalender nicht.",
    "keine-ganze-zahl": "{wert} ist keine ganze Zahl.",
    "zwischen": "zwischen {unten} und {oben}",
    "ab": "ab {unten}",
    "außerhalb": "{wert} liegt außerhalb: Erlaubt ist eine Zahl {grenzen}.",
    "eine-zahl": "eine Zahl",
    "mehrdeutig": "{wert} ist mehrdeutig. Schreiben Sie {ohne} (ohne Punkt) oder ein Komma.",
    "keine-zahl": "{wert} ist keine Zahl.{meint} Bitte nur Ziffern, ohne Einheit und ohne Tausenderpunkt.",
    "ein-ja-nein": "ja oder nein",
    "kein-ja-nein": "{wert} ist weder ja noch nein. Erlaubt: ja, nein.",
    "angaben": "Hier gehören eingerückte Zeilen der Form „angabe: Text“ hin.",
    "angabe-text": "Die Angabe {wert} braucht einen kurzen Text.",
    "angabe-zu-lang": "Die Angabe {wert} hat {länge} Zeichen, erlaubt sind höchstens {grenze}.",
    "felder": "Hier gehören eingerückte Zeilen der Form „feld: Wert“ hin.",
    "spanne-verkehrt": "Die obere Grenze ist kleiner als die untere. Bitte tauschen.",
    # groups and names of fields: messages.py
    "pflicht-leer": "Das Pflichtfeld {feld} ({wort}) ist leer.",
    "pflicht-fehlt": "Es fehlt das Pflichtfeld {feld} ({wort}).",
    "eine-liste": "Hier gehört eine Liste hin: eine Zeile je Eintrag, mit „- “ davor.",
    "schreibweise": "Diese Schreibweise passt nicht. Zum Beispiel: {feld}: {beispiel}",
    "eine-gruppe": "Hier gehören eingerückte Felder der Form „feld: Wert“ hin.",
    "unsichtbar": "Im Feldnamen {feld} steckt ein unsichtbares Zeichen. Bitte den Anfang der Zeile löschen und neu tippen.",
    "unbekannt": "Das Feld {feld} gibt es hier nicht.",
    "berechnet": " Es wird aus anderen Angaben berechnet; bitte die Zeile löschen.",
    "schreiben-sie": " Schreiben Sie: {feld}: {wert}",
    "beispiel-eintrag": " Zum Beispiel: - {wert}",
    "beispiel": " Zum Beispiel: {feld}: {wert}",
    # fields together: record_rules.py
    "verdikt-fehlt": "Eine abgeschlossene Bewertung braucht ein „verdikt“. Ohne Empfehlung: ohne_votum.",
    "gueltig-bis-fehlt": "Eine abgeschlossene Bewertung braucht „gueltig_bis“: Bis wann gilt das Ergebnis? Üblich sind zwei Jahre.",
    "begruendung-fehlt": "Zum Verdikt fehlt die „verdikt_begruendung“: Warum kam die Prüfung zu diesem Ergebnis?",
    "verdikt-zu-frueh": "Die Prüfung ist noch {wert}. Ein Verdikt gibt es erst, wenn sie abgeschlossen ist.",
    "gueltig-vor-stand": "„gueltig_bis“ ({bis}) liegt vor „stand“ ({stand}). Welches der beiden stimmt nicht?",
    "gewichte": "Die Gewichte ergeben zusammen {summe}, nicht 100. Bitte ein Gewicht anpassen.",
    "doppeltes-kriterium": "Das Kriterium {wert} steht weiter oben schon.",
    "selbstbezug": "Der Eintrag bezieht sich auf sich selbst. Bitte diesen Bezug löschen.",
    "ersetzt-sich": "Eine Bewertung kann sich nicht selbst ersetzen.",
    "quelle-fehlt": "Mindestens eine Quelle ist nötig: Woher stammen die Angaben?",
    "ueberschrift": "Überschriften im Text beginnen mit „## “; die Ebene darüber ist der Titel.",
    # free text: text_rules.py
    "postfach": "{wert} sieht nach der Adresse einer Person aus. Bitte ein Funktionspostfach angeben, zum Beispiel digitalisierung@….",
    "person": "{wert} nennt eine Person. Bitte nur Funktionen oder Stellen nennen, zum Beispiel „die Leitung der Stabsstelle“ (Datenschutz).",
    "telefonnummer": "{wert} sieht nach einer Telefonnummer aus. Bitte weglassen und unter „kontakt“ ein Funktionspostfach angeben.",
    "vergabe": "{wert} gibt etwas aus einem Vergabeverfahren preis. Angebote, Bietende, Rangfolgen und laufende Verfahren sind vertraulich (VgV § 5): bitte entfernen.",
    "skript": "{wert} kann ein Programm starten und ist nicht erlaubt. Bitte eine Adresse mit https:// angeben.",
    "html": "{wert} ist HTML und hier nicht erlaubt. Bitte Markdown verwenden; ein einzelnes Kleiner-Zeichen als \\< schreiben.",
    "fremdes-bild": "Bilder von anderen Servern würden die Lesenden verraten. Bitte die Bilddatei zum Eintrag legen oder auf die Seite verlinken.",
    "attribute": "{wert}: Zusätzliche Attribute in geschweiften Klammern sind nicht erlaubt. Bitte löschen.",
    # file and type: files.py, yaml_reader.py
    "dateiname": "Der Dateiname {wert} taugt nicht als Kennung: nur Kleinbuchstaben, Ziffern und Bindestriche.{vorschlag}",
    "dateiname-vorschlag": " Vorschlag: {}",
    "dateiname-lang": "Der Dateiname ist länger als 100 Zeichen.",
    "dateiname-vergeben": "Der Name {wert} ist vergeben. Bitte nach dem Titel benennen, zum Beispiel online-termine{endung}.",
    "text-doppelt": "Der Text steht in einer .md-Datei unter der zweiten Zeile „---“, nicht im Feld „text“.",
    "text-ist-kein-text": "Hier gehört ein Text hin. Mehrere Zeilen beginnen mit „text: |“.",
    "feld-aus-datei": "Das Feld {feld} gibt es nicht; die Kennung ist der Dateiname.",
    "steuerzeichen": "Hier steht ein unsichtbares Steuerzeichen. Bitte löschen und die Stelle neu tippen.",
    # across records, where the form knows enough: catalogue/rules.py
    "kategorie": "{wert} ist keine Produktgattung.{meint}{erlaubt}",
}  # fmt: skip


def said(key: str, *values: object, **named: object) -> str:
    """The wording `key` with its values."""
    return WORDING[key].format(*values, **named)
