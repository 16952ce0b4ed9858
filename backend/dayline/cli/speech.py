"""What the command line says, in the language of the operator's locale."""

import os
import re
from collections.abc import Iterable, Mapping

import typer

from dayline.core.phrase import Phrase
from dayline.kernel.text.catalogs import ENGLISH, offered, render

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language of a locale such as `de_AT.UTF-8`. English if Dayline lacks it.

    The first of the variables that is set and not empty counts, as POSIX says.
    """
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return offered(re.split("[.@]", locale)[0].replace("_", "-")) or ENGLISH


def language() -> str:
    """Return the language of this process."""
    return language_of(os.environ)


def say(phrase: Phrase) -> str:
    """Return the phrase in the language of this process."""
    return render(phrase, language())


def tell(said: Phrase | str, *, err: bool = False) -> None:
    """Print a line: a phrase, or what isn't language, such as a link, a path or JSON."""
    typer.echo(say(said) if isinstance(said, Phrase) else said, err=err)


def tell_all(lines: Iterable[Phrase | str], *, err: bool = False) -> None:
    """Print lines as soon as they come."""
    for line in lines:
        tell(line, err=err)
