"""Task keys: `ABC-12` is the project's key and the task's number in it."""

from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator

from dayline.core.phrase import Phrase
from dayline.kernel.http.routing import register_shape
from dayline.kernel.schemas import Shape

_SHAPE = "[A-Za-z][A-Za-z0-9]{1,9}-[1-9][0-9]{0,8}"

TaskKey = Annotated[str, Shape(f"^{_SHAPE}$", Phrase("fields.task-key")), AfterValidator(str.upper)]
"""A project's key in any case and a number that fits PostgreSQL's integer."""


register_shape("task_key", _SHAPE)  # so that `/tasks/bulk` remains a path of its own

PathKey = Annotated[
    TaskKey, Path(alias="key", description="The task's key, in any case.", examples=["ABC-12"])
]
OtherPathKey = Annotated[
    TaskKey, Path(alias="other_key", description="The other task's key.", examples=["ABC-7"])
]


def project_key_of(key: str) -> str:
    """The project key in a task's key."""
    return key.partition("-")[0]


def number_of(key: str) -> int:
    """The number in a task's key."""
    return int(key.partition("-")[2])
