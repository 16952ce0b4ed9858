"""Parameters of the OpenAPI document, in the form that generators of clients understand."""

import re
from typing import Any

_NULL = {"type": "null"}


def simplify(path: str, operation: dict[str, Any]) -> None:
    """Bring an operation's parameters into the order and the shapes that clients expect.

    Parameters of the path stand first, in the path's order, because generators make positional
    arguments of them. Leaving a parameter out is how a request says "none", so no parameter is a
    union with null. An edit must name its revision: the code takes its absence only to answer 428
    instead of 422.
    """
    parameters = operation.get("parameters", [])
    places = re.findall(r"{(\w+)}", path)
    parameters.sort(key=lambda one: places.index(one["name"]) if one["in"] == "path" else len(path))
    for parameter in parameters:
        parameter["schema"] = _without_null(parameter["schema"])
        if parameter["name"].lower() == "if-match":
            parameter["required"] = True


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    kinds: list[dict[str, Any]] = [kind for kind in schema.get("anyOf", ()) if kind != _NULL]
    if len(kinds) != 1:
        return schema
    return {name: value for name, value in schema.items() if name != "anyOf"} | kinds[0]
