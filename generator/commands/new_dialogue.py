"""The questions of `wissen new`: each with its help, its words and an example, checked at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from generator.catalogue.catalogue import Catalogue
from generator.commands.new import look_around
from generator.contributing.drafts import GUARD_CODES, GUARD_REASON
from generator.contributing.existing import Existing, existing_text
from generator.contributing.new_record import Answers, defaults, required
from generator.contributing.notation import parse, show
from generator.records.fieldtable import vocabulary_of
from generator.records.messages import explain
from generator.records.record_rules import check_texts
from generator.records.types import TYPES
from generator.records.yaml_reader import Document

if TYPE_CHECKING:
    from generator.records.tree import ContentTree

HELPFUL = ("kontakt", "handlungsfeld", "schlagworte", "auch_gesucht_als")  # for being found
FIRST = ("titel", "gegenstand", "bedarf")  # then we know enough to look around


def ask(
    answers: Answers, tree: ContentTree, catalogue: Catalogue, content: Path, today: date
) -> None:
    """Fill the required fields; show early what there is, and let people join instead."""
    click.echo(f"{TYPES[answers.typ].einzahl}: {TYPES[answers.typ].beschreibung}")
    click.echo("Strg+C bricht ab; geschrieben wird erst am Ende.\n")
    if answers.typ == "bewertung" and not answers.planned and not answers.values.get("pruefstatus"):
        said = click.prompt(
            "Ist die Prüfung erst geplant? Dann genügen wenige Angaben",
            type=click.Choice(["ja", "nein"]),
            default="ja",
        )
        answers.planned = said == "ja"
    fields = dict(required(answers.typ))
    first = [name for name in FIRST if name in fields]
    for name in first:
        _fill(answers, name, fields[name], catalogue, today)
    _already_there(answers, catalogue, content)
    for name, info in fields.items():
        if name not in first:
            _fill(answers, name, info, catalogue, today)
    click.echo("\nFreiwillig, damit andere es finden. Mit der Eingabetaste überspringen.")
    for name in HELPFUL:
        if not answers.values.get(name):
            info = TYPES[answers.typ].model_fields[name]
            answers.values[name] = _answer(answers.typ, name, info, None, catalogue, optional=True)


def _fill(answers: Answers, name: str, info: FieldInfo, catalogue: Catalogue, today: date) -> None:
    if answers.values.get(name):
        return
    known = defaults(answers, today).get(name)
    if known is not None and name in ("status", "stand", "vertraulichkeit", "quellen", "pruefstatus"):  # fmt: skip
        answers.values[name] = known
        return
    answers.values[name] = _answer(answers.typ, name, info, known, catalogue)


def _answer(
    typ: str,
    name: str,
    info: FieldInfo,
    default: Any,
    catalogue: Catalogue,
    *,
    optional: bool = False,
) -> Any:
    """One question, until the answer can stand."""
    vocabulary = vocabulary_of(info)
    click.secho(f"{info.title}: {info.description}", bold=True)
    if vocabulary:
        for term in vocabulary.terms:
            click.echo(
                f"    {term.value:<24} {term.label}{': ' + term.description if term.description else ''}"
            )
    elif info.examples:
        click.echo(f"    Zum Beispiel: {show(info.examples[0], info)}")
    while True:
        shown = show(default, info) or ("" if optional else None)
        said = click.prompt(">", default=shown, show_default=bool(default), prompt_suffix=" ")
        value = parse(str(said), info)
        if optional and value is None:
            return None
        complaints = check_answer(typ, name, value)
        if name == "herausgeber" and not complaints and catalogue.get(str(value)) is None:
            complaints = [f"„{value}“ gibt es nicht unter organisationen/."]
        if not complaints:
            return value
        for complaint in complaints:
            click.secho(f"    {complaint}", fg="red")


def check_answer(typ: str, name: str, value: Any) -> list[str]:
    """What the checks say of one answer."""
    found = []
    guarded = False
    for _, _, code, message in check_texts({name: value}):
        guarded = guarded or code in GUARD_CODES
        found.append(message)
    if guarded:
        found.append(GUARD_REASON.removeprefix("Nichts wurde geschrieben. "))
    model = TYPES[typ]
    try:
        model.model_validate({"id": "x", "datei": "x", name: value})
    except ValidationError as error:
        found += [m for path, _, m in explain(error, model, Document()) if path and path[0] == name]
    return found


def _already_there(answers: Answers, catalogue: Catalogue, content: Path) -> None:
    """„Das gibt es schon“: join, replace, extend, or say why it needs another one."""
    click.echo("\nEinen Moment: Gibt es dazu schon etwas?")
    found = look_around(answers, catalogue, content)
    if not found or answers.values.get("ersetzt") or answers.values.get("doppelt_weil"):
        return
    click.echo("\n" + existing_text(found))
    evaluations = answers.typ == "bewertung"
    ways = ["mitmachen", "ersetzen", "ergaenzen", "neu"] if evaluations else ["ergaenzen", "ersetzen", "neu"]  # fmt: skip
    way = click.prompt("Wollen Sie mitmachen, ersetzen, ergänzen oder neu anlegen?" if evaluations else "Wollen Sie ergänzen, ersetzen oder neu anlegen?", type=click.Choice(ways), default="neu")  # fmt: skip
    if way in ("mitmachen", "ergaenzen"):
        _go_there(_which(found, "Bei welchem?"), way, content)
    if way == "ersetzen":
        same = [e for e in found if e.record.typ == answers.typ]
        old = _which(same or found, "Welchen Eintrag soll der neue ablösen?").record
        if evaluations:
            answers.values["ersetzt"] = [old.id]
        else:
            answers.values["bezug"] = [{"art": "ersetzt", "ziel": old.id}]
    elif evaluations and any(e.is_alike for e in found):
        info = TYPES["bewertung"].model_fields["doppelt_weil"]
        answers.values["doppelt_weil"] = _answer("bewertung", "doppelt_weil", info, None, catalogue)


def _which(found: list[Existing], question: str) -> Existing:
    if len(found) == 1:
        return found[0]
    for number, entry in enumerate(found, 1):
        click.echo(f"  {number}. {entry.record.titel}")
    return found[int(click.prompt(question, type=click.IntRange(1, len(found)), default=1)) - 1]


def _go_there(entry: Existing, way: str, content: Path) -> None:
    own = "" if content == Path("content") else f" --content {content}"
    ident = entry.record.id
    click.echo("Gut. Es wurde nichts Neues angelegt.")
    if way == "mitmachen":
        click.echo(f"Weiter mit: wissen mitmachen {ident}{own} --organisation IHRE-KENNUNG")
    else:
        click.echo(f"Bitte ergänzen: {entry.record.datei}, dann: wissen check{own}")
    raise click.exceptions.Exit(0)
