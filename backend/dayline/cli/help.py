"""Commands whose help texts are keys of the catalogs, rendered when they're shown."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer._click.core import Command as AnyCommand
from typer._click.core import Context, Parameter
from typer._click.exceptions import UsageError
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand, TyperGroup, TyperOption

from dayline.cli.speech import say
from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault

_SENTENCE = re.compile(r"(?<=[.!?])\s")
_KINDS = {"argument": Phrase("help.arguments"), "option": Phrase("help.options")}
_TYPES = {"int": Phrase("help.name-number"), "float": Phrase("help.name-number")}


def name_of(param: Parameter) -> str:
    """Return the name by which people know a parameter: `--host`, or the word for an argument."""
    return " / ".join(param.opts) if isinstance(param, TyperOption) else _placeholder(param)


class _Speaks(AnyCommand):
    """What commands and groups have in common."""

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the line about the usage."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{say(Phrase('help.usage'))} ")

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Return the placeholders of the options and the arguments."""
        arguments = [param for param in self.get_params(ctx) if not isinstance(param, TyperOption)]
        return [say(Phrase("help.name-options")), *map(_placeholder, arguments)]

    def format_help_text(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_text(self))

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the first sentence of the help. It is never shortened, so `limit` is ignored."""
        return _SENTENCE.split(_text(self), maxsplit=1)[0]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the arguments, then the options."""
        for kind, heading in _KINDS.items():
            params = (each for each in self.get_params(ctx) if each.param_type_name == kind)
            _write(formatter, heading, [row for each in params for row in _rows(each)])

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return the option `--help`."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "help.help"
        return option


class Command(_Speaks, TyperCommand):
    """A command. Its help is a key of the catalogs, as are those of its parameters."""

    allow_extra_args = True  # they are refused below, in the operator's language

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the arguments. Raises Fault if there are too many."""
        with _knowing(ctx):
            rest = super().parse_args(ctx, args)
        if rest:
            path = ctx.command_path
            raise Fault(Phrase("commands.too-many-arguments", arguments=" ".join(rest), path=path))
        return rest


class Group(_Speaks, TyperGroup):
    """A group of commands."""

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Return the placeholders of the options and the command."""
        return [*super().collect_usage_pieces(ctx), say(Phrase("help.name-command"))]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the options, then the commands with the first sentence of their help."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the commands with the first sentence of their help."""
        listed = [(name, self.commands[name].get_short_help_str()) for name in self.commands]
        _write(formatter, Phrase("help.commands"), listed)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the arguments. Raises Fault if there are none."""
        if not args:
            raise Fault(Phrase("commands.add-a-command", path=ctx.command_path))
        return super().parse_args(ctx, args)

    def get_command(self, ctx: Context, cmd_name: str) -> AnyCommand:
        """Return a command. Raises Fault if there is none of that name."""
        found = super().get_command(ctx, cmd_name)
        if found is None:
            path = ctx.command_path
            raise Fault(Phrase("commands.no-such-command", name=cmd_name, path=path))
        return found


def group(key: str, **options: Any) -> typer.Typer:
    """Return an empty group of commands with the help of this key."""
    return typer.Typer(
        cls=Group,
        help=key,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        **options,
    )


@contextmanager
def _knowing(ctx: Context) -> Iterator[None]:
    """Add the command to the parser's errors, which lack it."""
    try:
        yield
    except UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def _text(command: AnyCommand) -> str:
    return say(Phrase(command.help or ""))


def _write(formatter: HelpFormatter, heading: Phrase, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(say(heading)):
            formatter.write_dl(rows)


def _rows(param: Any) -> Iterator[tuple[str, str]]:
    """Yield the row about a parameter, unless it is hidden."""
    if param.hidden:
        return
    names = name_of(param)
    if isinstance(param, TyperOption) and not param.is_flag:
        names = f"{names} {_placeholder(param)}"
    yield names, " ".join([say(Phrase(param.help)), *map(say, _notes(param))])


def _placeholder(param: Parameter) -> str:
    """Return the word that stands for a parameter's value, like FILE."""
    key = param.metavar
    return say(Phrase(key) if key else _TYPES.get(param.type.name, Phrase("help.name-text")))


def _notes(param: Any) -> Iterator[Phrase]:
    if not isinstance(param, TyperOption):
        return
    if param.required:
        yield Phrase("help.required")
    elif not param.is_flag and param.default:
        yield Phrase("help.default", value=str(param.default))
