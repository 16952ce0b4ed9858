"""Decision keys: `DEC-7` is the seventh decision of the workspace."""

from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator
from sqlalchemy import ColumnElement, func
from sqlmodel import col

from dayline.core.phrase import Phrase
from dayline.decisions.models import Decision
from dayline.kernel.http.routing import register_shape
from dayline.kernel.schemas import Shape
from dayline.projects.schemas import DECISIONS

_SHAPE = "[Dd][Ee][Cc]-[1-9][0-9]{0,8}"

DecisionKey = Annotated[
    str, Shape(f"^{_SHAPE}$", Phrase("fields.decision-key")), AfterValidator(str.upper)
]
"""`DEC-` in any case and a number that fits PostgreSQL's integer."""


register_shape("decision_key", _SHAPE)  # so that `/decisions/export` remains a path of its own

PathKey = Annotated[
    DecisionKey,
    Path(alias="key", description="The decision's key, in any case.", examples=["DEC-7"]),
]


def key_of(number: int) -> str:
    """The key of the decision with this number."""
    return f"{DECISIONS}-{number}"


def number_of(key: str) -> int:
    """The number in a decision's key."""
    return int(key.partition("-")[2])


def key_in(decision: type[Decision]) -> ColumnElement[str]:
    """The key of each decision row as an SQL expression: the same text as `key_of`."""
    return func.concat(f"{DECISIONS}-", col(decision.number))
