"""Passwords: which are accepted, and hashing them (argon2id, outside the event loop)."""

import asyncio
import re
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import resources
from typing import Annotated, Any, TypeVar

from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import Field, SecretStr

from dayline.core.phrase import Phrase
from dayline.kernel.errors import Invalid

T = TypeVar("T")

NewPassword = Annotated[
    SecretStr,
    Field(
        min_length=12,
        max_length=128,
        description="A password of 12 to 128 characters that isn't a common one. A few "
        "words work well.",
        examples=["seven quiet herons wade"],
    ),
]
TypedPassword = Annotated[
    SecretStr, Field(min_length=1, max_length=128, description="Your current password.")
]

_ENDING = re.compile(r"[^a-z]{1,8}$")
_SHORTEST_UNIT = 4

_argon2id = Argon2Hasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")
"""Two at a time, however many people sign in: each hash takes 19 MiB and a CPU core."""


def check_choice(field: str, password: SecretStr, *, email: str, name: str) -> None:
    """Raise Invalid for `field` if the password is common or made of the person's own data."""
    text = password.get_secret_value()
    if is_common(text):
        raise Invalid.field(field, Phrase("fields.common-password"))
    if not _words_about(email, name).isdisjoint({_letters(text), _unit(_letters(text))}):
        raise Invalid.field(field, Phrase("fields.guessable-password"))


def _words_about(email: str, name: str) -> set[str]:
    """Return what is guessed first: the person's name and address, their domain, and Dayline."""
    local, _, domain = email.partition("@")
    words = {email, local, domain, *domain.split(".")[:-1], name, "dayline"}
    return {letters for word in words if (letters := _letters(word))}


def is_common(password: str) -> bool:
    """Whether the password is listed, is a repeated listed one, or is one with a numeric ending."""
    text = password.casefold()
    unit = _unit(text)
    stem = _ENDING.sub("", text)
    return len(unit) < _SHORTEST_UNIT or not _listed().isdisjoint({text, unit, stem, _unit(stem)})


@cache
def _listed() -> frozenset[str]:
    lines = resources.files(__package__).joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in lines.splitlines() if not line.startswith("# "))


def _unit(text: str) -> str:
    """Return the shortest text whose repetition begins with `text`: `abcabca` → `abc`."""
    for length in range(1, len(text)):
        if text[length:] == text[:-length]:
            return text[:length]
    return text


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalpha())


async def hash_password(password: SecretStr) -> str:
    """Return the argon2id hash of a password, with a random salt."""
    return await _in_thread(_argon2id.hash, _bytes(password))


async def matches(password: SecretStr, password_hash: str | None) -> bool:
    """Whether the password has this hash. Takes equally long if there is no hash."""
    if password_hash is None or not Argon2Hasher.identify(password_hash):
        await _in_thread(_argon2id.hash, _bytes(password))
        return False
    return await _in_thread(_argon2id.verify, _bytes(password), password_hash)


async def _in_thread(function: Callable[..., T], *arguments: Any) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads, function, *arguments)


def _bytes(password: SecretStr) -> bytes:
    """Normalize the password, so that equal characters give equal bytes on any keyboard."""
    return unicodedata.normalize("NFKC", password.get_secret_value()).encode()
