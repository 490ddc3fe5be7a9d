"""typer in Dutch: its help pages, and what it finds wrong with a command.

typer brings a command-line library of its own whose classes are not public; they are reached through what
typer itself makes public, or known by their names.
"""

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from debiteuren.domain.problem import NOTHING_CHANGED

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What typer raises when a command was typed wrongly."""

_HELP = "Toon deze uitleg."
_OPTIONS = "[OPTIES]"


def _headings_in_dutch() -> None:
    """The headings and marks of the help pages; loaded only for a page, as it doubles the time to start."""
    from typer import rich_utils  # noqa: PLC0415 - see above

    rich_utils.ARGUMENTS_PANEL_TITLE = "Wat u opgeeft"
    rich_utils.OPTIONS_PANEL_TITLE = "Opties"
    rich_utils.COMMANDS_PANEL_TITLE = "Opdrachten"
    rich_utils.DEFAULT_STRING = "[standaard: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[verplicht]"


class _Dutch:
    """The places where a command speaks for itself."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - classes that are not public
        _headings_in_dutch()
        super().format_help(ctx, formatter)  # type: ignore[misc] # mixed into a command

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        option = super().get_help_option(ctx)  # type: ignore[misc] # as above
        if option is not None:
            option.help = _HELP
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined] # as above
        pieces = pieces.replace("{", "").replace("}", "").replace("COMMAND [ARGS]...", "OPDRACHT ...")
        pieces = pieces.removesuffix(" []")  # an argument without a name is not for people
        formatter.write_usage(ctx.command_path, pieces.replace("[OPTIONS]", _OPTIONS), prefix="Gebruik: ")


class DutchCommand(_Dutch, TyperCommand):
    """A command with a Dutch help page."""


class DutchGroup(_Dutch, TyperGroup):
    """The program with a Dutch help page."""


def in_dutch(error: Exception) -> str:
    """What was typed wrongly, and where the help is."""
    context: Any = getattr(error, "ctx", None)
    command = context.command_path if context else "debiteuren"
    message = str(getattr(error, "message", error))
    parameter: Any = getattr(error, "param", None)
    names = [base.__name__ for base in type(error).__mro__]
    if "NoSuchOption" in names:
        what = f"de optie {getattr(error, 'option_name', '')} bestaat niet"
    elif "MissingParameter" in names:
        label = parameter.metavar or parameter.opts[-1] if parameter else "een gegeven"
        what = f"{label} ontbreekt"
    elif "BadParameter" in names:
        what = message if _is_ours(message) else _not_possible(parameter, message)
    elif message.startswith("No such command"):
        what = f"de opdracht {message.partition(chr(39))[2].partition(chr(39))[0]} bestaat niet"
    elif "unexpected extra argument" in message:
        what = f"te veel opgegeven: {message[message.rindex('(') + 1 :].rstrip(').')}"
    elif "requires an argument" in message or "BadOptionUsage" in names:
        what = f"bij {getattr(error, 'option_name', 'een optie')} ontbreekt een waarde"
    else:
        what = f"dit begrijp ik niet ({message})"
    return f"{NOTHING_CHANGED}{what}. Zie: {command} --help"


def _not_possible(parameter: Any, message: str) -> str:  # noqa: ANN401 - as above
    label = parameter.opts[-1] if parameter and parameter.opts else "dit"
    given, *choices = re.findall(r"'([^']*)'", message) or [""]
    what = f'bij {label} kan "{given}" niet' if given else f"wat u bij {label} opgeeft, kan niet"
    return what + (f"; kies {' of '.join(choices)}" if choices else "")


def _is_ours(message: str) -> bool:
    """Our own checks speak Dutch; their messages quote what was typed first."""
    return message.startswith('"')
