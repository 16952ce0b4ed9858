"""The OpenAPI document: every operation says which problems it can answer with."""

from collections.abc import Iterable
from typing import Any

from dayline.kernel.errors import Problem

PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}


def answers(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that can raise these problems, grouped by status.

    What every route of a sort can raise (401, 403, 404, 412, 422, 428, …) is added for all.
    """
    by_status: dict[int | str, list[type[Problem]]] = {}
    for kind in kinds:
        by_status.setdefault(kind.status, []).append(kind)
    return {status: described(group) for status, group in by_status.items()}


def described(kinds: Iterable[type[Problem]]) -> dict[str, Any]:
    """One response object for problems of one status, with an example of each."""
    kinds = list(kinds)
    examples = {kind.slug: {"value": kind().document(None)} for kind in kinds}
    return {
        "description": " ".join(kind.title() for kind in kinds),
        "content": {"application/problem+json": {"schema": PROBLEM_REF, "examples": examples}},
    }
