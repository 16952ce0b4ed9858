"""Task keys: `ABC-12` is the project's key and the task's number in it."""

from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator
from starlette.convertors import Convertor, register_url_convertor

from dayline.kernel.schemas import Shape

_SHAPE = "[A-Za-z][A-Za-z0-9]{1,9}-[1-9][0-9]{0,8}"

TaskKey = Annotated[
    str, Shape(f"^{_SHAPE}$", "must be a task's key, like WEB-12"), AfterValidator(str.upper)
]
"""A project's key in any case and a number that PostgreSQL can hold."""


class _TaskKeyConvertor(Convertor[str]):
    """Lets no other word stand where a key does: `/tasks/bulk` is an address of its own."""

    regex = _SHAPE

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("task_key", _TaskKeyConvertor())

PathKey = Annotated[
    TaskKey, Path(alias="key", description="The task's key, in any case.", examples=["ABC-12"])
]
OtherPathKey = Annotated[
    TaskKey, Path(alias="other_key", description="The other task's key.", examples=["ABC-7"])
]


def project_key_of(key: str) -> str:
    """The project's part of a task's key."""
    return key.partition("-")[0]


def number_of(key: str) -> int:
    """The number in a task's key."""
    return int(key.partition("-")[2])
