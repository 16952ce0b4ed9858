"""What is wrong with a command line, as phrases."""

from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperOption

from dayline.cli.help import name_of
from dayline.core.phrase import Phrase

_NOT_OF_TYPE = {
    "int": Phrase("fields.whole-number"),
    "float": Phrase("commands.number"),
}


def mistake(error: Exception) -> Phrase:
    """Return the phrase for an error of the parser."""
    path = error.ctx.command_path if isinstance(error, UsageError) and error.ctx else "dayline"
    match error:
        case MissingParameter(param=param) if param is not None:
            return Phrase("commands.missing", name=name_of(param), path=path)
        case BadParameter(param=param) if param is not None:
            reason = _NOT_OF_TYPE.get(param.type.name, Phrase("fields.not-valid"))
            return Phrase("commands.bad-value", name=name_of(param), reason=reason)
        case NoSuchOption(option_name=name):
            return Phrase("commands.no-such-option", name=name, path=path)
        case BadOptionUsage(option_name=name):
            if _is_flag(error, name):
                return Phrase("commands.takes-no-value", name=name)
            return Phrase("commands.value-missing", name=name)
    return Phrase("commands.other-mistake", said=str(error))


def _is_flag(error: UsageError, name: str) -> bool:
    params = error.ctx.command.params if error.ctx else []
    return any(
        isinstance(each, TyperOption) and each.is_flag for each in params if name in each.opts
    )
