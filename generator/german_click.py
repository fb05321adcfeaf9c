"""click in German: help pages, usage errors and a last line of defence against tracebacks."""

from __future__ import annotations

import sys
from typing import Any

import click

_HEADINGS = {
    "Usage": "Aufruf",
    "Options": "Optionen",
    "Commands": "Befehle",
    "Arguments": "Angaben",
}


class GermanFormatter(click.HelpFormatter):
    """Help pages with German headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        args = args.replace("[OPTIONS]", "[OPTIONEN]").replace("COMMAND [ARGS]...", "BEFEHL …")
        super().write_usage(prog, args, prefix or "Aufruf: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Any, *args: Any, **kwargs: Any) -> None:
        german = [
            (a, b.replace("[default: ", "[sonst: ").replace("[required]", "[nötig]"))
            for a, b in rows
        ]
        super().write_dl(german, *args, **kwargs)


class GermanContext(click.Context):
    """A context whose help pages are German."""

    formatter_class = GermanFormatter


class _GermanHelp:
    """Mixin: German `--help`."""

    context_class: type[click.Context] = GermanContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Zeigt diese Hilfe."
        return option


class GermanCommand(_GermanHelp, click.Command):
    """A command with German help."""


class GermanGroup(_GermanHelp, click.Group):
    """A group of German commands."""

    command_class = GermanCommand
    group_class = type


def run(command: click.Command) -> None:
    """Run a command and end the process with the contract's exit codes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        command.main(standalone_mode=False, prog_name="wissen")
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except click.UsageError as error:
        click.echo(f"So geht der Aufruf nicht: {german_message(error)}", err=True)
        help_path = error.ctx.command_path if error.ctx else "wissen"
        click.echo(f"Hilfe: {help_path} --help", err=True)
        sys.exit(2)
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        sys.exit(1)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Abgebrochen.", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)


def german_message(error: click.UsageError) -> str:
    """What click complains about, in German."""
    if isinstance(error, click.NoSuchOption):
        near = f" Meinten Sie {error.possibilities[0]}?" if error.possibilities else ""
        return f"Die Option „{error.option_name}“ gibt es nicht.{near}"
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "?"
        return f"Es fehlt eine Angabe: {name}."
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param else "?"
        if error.param and isinstance(error.param.type, click.Choice):
            return f"Für „{name}“ ist erlaubt: {', '.join(map(str, error.param.type.choices))}."
        return f"Der Wert für „{name}“ passt nicht: {error.message}"
    if isinstance(error, click.BadOptionUsage):
        return f"Die Option „{error.option_name}“ braucht einen Wert oder steht an der falschen Stelle."
    if error.message.startswith("No such command"):
        name = error.message.split("'")[1] if "'" in error.message else ""
        return f"Den Befehl „{name}“ gibt es nicht."
    if error.message.startswith("Got unexpected extra argument"):
        return "Es stehen zu viele Angaben da."
    return error.message
