"""click in German: help pages, usage errors and a last line of defence against tracebacks."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import Any

import click

from generator.records.problems import did_you_mean, printable

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
        super().write_dl([(a, _german_extra(b)) for a, b in rows], *args, **kwargs)


def _german_extra(text: str) -> str:
    """The help of an option without click's English brackets and inequalities."""
    text = text.replace("[default: ", "[sonst: ").replace("[required]", "[nötig]")
    return re.sub(r"(\d+)<=x<=(\d+)\]$", r"\1 bis \2]", text)


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

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """click forgets in which command an option was misused; the reader wants that one's help."""
        try:
            rest: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        return rest


class GermanCommand(_GermanHelp, click.Command):
    """A command with German help."""


class GermanGroup(_GermanHelp, click.Group):
    """A group of German commands."""

    command_class = GermanCommand
    group_class = type


class LazyGroup(GermanGroup):
    """A group whose further commands are loaded when they are asked for.

    `later`: name → "module:attribute".  What one command needs, another need not wait for.
    """

    def __init__(self, *args: Any, later: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.later = later or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.commands, *self.later})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.later and cmd_name not in self.commands:
            module, _, attribute = self.later[cmd_name].partition(":")
            self.add_command(getattr(import_module(module), attribute), cmd_name)
        return super().get_command(ctx, cmd_name)


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
    """What click complains about, in German, with the next step."""
    if isinstance(error, click.NoSuchOption):
        known = [name for param in _options(error) for name in (*param.opts, *param.secondary_opts)]
        near = did_you_mean(error.option_name, known)
        return f"Die Option „{printable(error.option_name)}“ gibt es nicht.{near}"
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "?"
        return f"Es fehlt eine Angabe: {name}."
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    if isinstance(error, click.BadOptionUsage):
        name = error.option_name
        is_flag = any(param.is_flag for param in _options(error) if name in param.opts)
        if is_flag:
            return f"Die Option „{name}“ steht für sich; sie nimmt keinen Wert an."
        return f"Nach der Option „{name}“ fehlt ihr Wert."
    quoted = re.search(r"'(.*)'|\((.*)\)", error.message)
    said = printable(next(filter(None, quoted.groups()), "")) if quoted else ""
    if error.message.startswith("No such command"):
        said = printable(getattr(error, "command_name", said))
        group = error.ctx.command if error.ctx else None
        commands = group.list_commands(error.ctx) if isinstance(group, click.Group) and error.ctx else []  # fmt: skip
        near = did_you_mean(said, commands) or f" Es gibt: {', '.join(commands)}."
        return f"Den Befehl „{said}“ gibt es nicht.{near}"
    if error.message.startswith("Got unexpected extra argument"):
        return f"Es stehen zu viele Angaben da: {said}."
    if error.message.startswith("Missing command"):
        return "Es fehlt der Befehl."
    return error.message


def _options(error: click.UsageError) -> list[click.Option]:
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    return [param for param in params if isinstance(param, click.Option)]


def _bad_value(error: click.BadParameter) -> str:
    """A value that does not fit its option: what would."""
    name, kind = (error.param.opts[0], error.param.type) if error.param else ("?", None)
    value = re.match(r"'(.*)' is not|(\S+) is not", error.message)
    said = printable(next(filter(None, value.groups()), "")) if value else ""
    if isinstance(kind, click.Choice):
        choices = [str(choice) for choice in kind.choices]
        return f"Für „{name}“ ist erlaubt: {', '.join(choices)}.{did_you_mean(said, choices)}"
    if isinstance(kind, click.IntRange):
        return f"„{said}“ passt nicht für „{name}“: erlaubt ist eine ganze Zahl von {kind.min} bis {kind.max}."
    if isinstance(kind, click.types.IntParamType):
        return f"„{said}“ passt nicht für „{name}“: erlaubt ist eine ganze Zahl."
    return f"Der Wert für „{name}“ passt nicht: {error.message}"
