"""`wissen new TYP`: asks in German, or takes options; shows first what there is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.commands.options import content_option, need_folder
from generator.german_click import GermanCommand
from generator.records.types import TYPES

if TYPE_CHECKING:
    from generator.catalogue.catalogue import Catalogue
    from generator.contributing.existing import Existing
    from generator.contributing.new_record import Answers, NewRecord
    from generator.records.tree import ContentTree


@click.command(
    cls=GermanCommand,
    short_help="Legt einen neuen Eintrag an und zeigt vorher, was es schon gibt.",
    epilog=(
        "Eine Prüfung ankündigen:  wissen new bewertung --geplant --titel „Buchung von Räumen“ "
        "--feld bedarf=„Freie Räume finden und buchen.“ --herausgeber metelen --verantwortlich Hauptamt"
    ),
)
@content_option
@click.argument("typ", type=click.Choice(list(TYPES)), metavar="TYP")
@click.option("--titel", metavar="TEXT", help="Titel des Eintrags.")
@click.option(
    "--feld", "fields", multiple=True, metavar="NAME=WERT",
    help="Wert eines Feldes; mehrfach möglich. Schreibweise wie in den Excel-Vorlagen.",
)  # fmt: skip
@click.option("--herausgeber", metavar="KENNUNG", help="Kennung Ihrer Verwaltung.")
@click.option("--verantwortlich", metavar="STELLE", help="Stelle oder Funktion, keine Person.")
@click.option("--geplant", is_flag=True, help="Eine Prüfung ankündigen (nur Bewertungen).")
@click.option("--from", "model", metavar="KENNUNG", help="Einen Eintrag zum Vorbild nehmen.")
@click.option("--ersetzt", multiple=True, metavar="KENNUNG", help="Löst diesen Eintrag ab.")
@click.option("--doppelt-weil", metavar="GRUND", help="Warum es noch eine Bewertung braucht.")
@click.option("--kennung", metavar="KENNUNG", help="Kennung; sonst entsteht sie aus dem Titel.")
@click.option("--text", "body", metavar="TEXT", help="Freier Text unter den Feldern.")
@click.option("--yml", is_flag=True, help="Als .yml-Datei statt .md.")
@click.option("--nur-zeigen", is_flag=True, help="Den Eintrag zeigen, aber nicht schreiben.")
def new(
    content: Path, typ: str, titel: str | None, fields: tuple[str, ...], herausgeber: str | None,
    verantwortlich: str | None, geplant: bool, model: str | None, ersetzt: tuple[str, ...],
    doppelt_weil: str | None, kennung: str | None, body: str | None, yml: bool, nur_zeigen: bool,
) -> None:  # fmt: skip
    """Legt einen neuen Eintrag an.

    Ohne Angaben wird nach und nach gefragt. Zuerst zeigt der Befehl, was es zu diesem Bedarf schon gibt.
    Der Eintrag erklärt jedes Feld, besteht die Prüfung und überschreibt nie etwas.
    """
    from generator import checking
    from generator.catalogue.catalogue import build_catalogue
    from generator.contributing.new_record import Answers, copied
    from generator.records.tree import read_tree

    need_folder(content)
    if geplant and typ != "bewertung":
        raise click.UsageError("„--geplant“ gibt es nur für Bewertungen: wissen new bewertung")
    today = checking.today()
    tree = read_tree(content)
    catalogue = build_catalogue(tree, today)
    answers = Answers(typ, ident=kennung or "", body=body or "", planned=geplant)
    if model:
        record = catalogue.get(model)
        if record is None or record.typ != typ:
            raise click.UsageError(f"Es gibt keinen Eintrag „{model}“ vom Typ „{typ}“.")
        answers.values |= copied(record)
    answers.values |= _options(typ, fields)
    for name, value in (
        ("titel", titel),
        ("herausgeber", herausgeber),
        ("verantwortlich", verantwortlich),
    ):
        if value:
            answers.values[name] = value
    _supersede(answers, ersetzt, doppelt_weil, catalogue)
    asks = sys.stdin.isatty()
    if asks:
        from generator.commands.new_dialogue import ask

        ask(answers, tree, catalogue, content, today)
    else:
        _fill(answers, today)
        _need_reason(answers, catalogue, content)
    _write(answers, tree, catalogue, content, ".yml" if yml else ".md", nur_zeigen)


def _options(typ: str, fields: tuple[str, ...]) -> dict[str, Any]:
    """The values of `--feld NAME=WERT`."""
    from generator.contributing.notation import parse
    from generator.records.problems import did_you_mean

    model = TYPES[typ]
    found: dict[str, Any] = {}
    for text in fields:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals:
            raise click.UsageError(f"Nach --feld gehört NAME=WERT, gefunden: „{text}“.")
        info = model.model_fields.get(name)
        if info is None or info.title is None or name == "typ":
            near = did_you_mean(name, [n for n, f in model.model_fields.items() if f.title])
            raise click.UsageError(f"Das Feld „{name}“ gibt es bei „{typ}“ nicht.{near}")
        found[name] = parse(value, info)
    return found


def _supersede(
    answers: Answers, replaced: tuple[str, ...], reason: str | None, catalogue: Catalogue
) -> None:
    for ident in replaced:
        old = catalogue.get(ident)
        if old is None or old.typ != answers.typ:
            raise click.UsageError(
                f"Es gibt keinen Eintrag „{ident}“ vom Typ „{answers.typ}“, der ersetzt werden könnte."
            )
    if replaced and answers.typ == "bewertung":
        answers.values["ersetzt"] = [*(answers.values.get("ersetzt") or ()), *replaced]
    elif replaced:
        new = [{"art": "ersetzt", "ziel": ident} for ident in replaced]
        answers.values["bezug"] = [*(answers.values.get("bezug") or ()), *new]
    if reason:
        if answers.typ != "bewertung":
            raise click.UsageError("„--doppelt-weil“ gibt es nur für Bewertungen.")
        answers.values["doppelt_weil"] = reason


def _fill(answers: Answers, today: Any) -> None:
    """Without a person at the keyboard: defaults, and a clear word about what is missing."""
    from generator.contributing.new_record import defaults, missing

    answers.values |= defaults(answers, today)
    if names := missing(answers):
        fields = TYPES[answers.typ].model_fields
        lines = [f"  --feld {name}=…   {fields[name].title}: {fields[name].description}" for name in names]  # fmt: skip
        if answers.typ == "bewertung" and not answers.planned:
            lines.append("Ist die Prüfung erst geplant? Mit --geplant genügen vier Angaben.")
        raise click.UsageError("Es fehlen Angaben:\n" + "\n".join(lines))


def _need_reason(answers: Answers, catalogue: Catalogue, content: Path) -> None:
    """An evaluation of what is evaluated already needs a reason; for other types it is a hint."""
    from generator.contributing.existing import existing_text

    found = look_around(answers, catalogue, content)
    if not found:
        return
    settled = answers.values.get("doppelt_weil") or answers.values.get("ersetzt")
    related = {b.get("ziel") for b in answers.values.get("bezug") or () if isinstance(b, dict)}
    alike = [e for e in found if e.is_alike and e.record.id not in related]
    click.echo(existing_text(found), err=True, nl=False)
    if answers.typ != "bewertung" or settled or not alike:
        return
    ident = alike[0].record.id
    lines = ["Wie soll es weitergehen?"]
    state = getattr(alike[0].record, "pruefstatus", "")
    if state in ("geplant", "laufend"):
        lines.append(f"  mitmachen:       wissen mitmachen {ident} --organisation IHRE-KENNUNG")
    lines.append(f"  ablösen:         denselben Aufruf mit --ersetzt {ident}")
    lines.append(f"  anknüpfen:       … mit --feld bezug='art: beruht_auf | ziel: {ident}'")
    lines.append('  trotzdem prüfen: … mit --doppelt-weil "der Grund; er steht dann im Wiki"')
    raise click.ClickException("\n".join([*lines, "Es wurde nichts geschrieben."]))


def look_around(answers: Answers, catalogue: Catalogue, content: Path) -> list[Existing]:
    """What exists on the need of the answers."""
    from generator.contributing.existing import existing

    subject = answers.text("gegenstand")
    solution = catalogue.get(subject)
    name = solution.titel if solution is not None else subject
    need = " ".join(dict.fromkeys([answers.text("titel"), name])).strip()
    own = {answers.ident, *(answers.values.get("ersetzt") or ())}
    found = existing(need, catalogue, content, answers.typ, answers.text("bedarf"))
    return [e for e in found if e.record.id not in own]


def _write(
    answers: Answers, tree: ContentTree, catalogue: Catalogue, content: Path, suffix: str, only_show: bool,
) -> None:  # fmt: skip
    from generator import checking
    from generator.contributing.drafts import CannotWrite, suggestions, write_files
    from generator.contributing.new_record import draft, id_problem, taken_ids

    if answers.ident and (said := id_problem(answers.ident, taken_ids(tree))):
        words = [str(answers.values.get("herausgeber", "")), str(checking.today().year)]
        near = ", ".join(suggestions(answers.ident, taken_ids(tree), words))
        raise click.UsageError(said if "Vorschlag" in said else f"{said} Frei wäre: {near}")
    made = draft(answers, tree, catalogue, checking.today(), suffix)
    text = made.files[made.datei]
    if made.checked.has_errors:
        refuse(made, text)
    if only_show:
        click.echo(text, nl=False)
        return
    try:
        write_files(content, made.files, replace=made.others)
    except CannotWrite as error:
        raise click.ClickException(str(error)) from None
    _next_step(made, tree, content)


def refuse(made: NewRecord, text: str) -> None:
    """Say what is wrong, field by field; nothing is written."""
    from generator.contributing.drafts import GUARD_REASON
    from generator.contributing.new_record import field_of
    from generator.records.problems import Severity, printable

    own = made.datei.rpartition("/")[2]
    for problem in made.checked.problems:
        if problem.severity is not Severity.ERROR:
            continue
        if problem.path.endswith(own):
            name = field_of(problem, text, markdown=made.datei.endswith(".md"))
            click.echo(
                f"{f'Feld „{name}“' if name else 'Der Eintrag'}: {printable(problem.message)}",
                err=True,
            )
        else:
            click.echo(str(problem), err=True)
    raise click.ClickException(
        GUARD_REASON if made.checked.is_guarded else "Es wurde nichts geschrieben."
    )


def _next_step(made: NewRecord, tree: ContentTree, content: Path) -> None:
    from generator.records.problems import Severity

    path = tree.shown(made.datei)
    click.echo(f"Angelegt: {path}")
    for other in made.others:
        click.echo(f"Geändert: {tree.shown(other)} (jetzt „archiviert“, weil es abgelöst ist)")
    for problem in made.checked.problems:
        if problem.severity is not Severity.ERROR and problem.path.endswith(made.datei):
            click.echo(f"{problem.severity.value}: {problem.message}")
    own = "" if content == Path("content") else f" --content {content}"
    click.echo("\nSo geht es weiter:")
    click.echo(
        "  1. Datei öffnen und ergänzen, was Sie noch wissen. Die Hilfen mit # dürfen bleiben."
    )
    click.echo(f"  2. Prüfen:      wissen check{own} {path}")
    click.echo(
        f"  3. Einreichen:  git add {path} && git commit, dann einen Änderungsvorschlag öffnen"
    )
