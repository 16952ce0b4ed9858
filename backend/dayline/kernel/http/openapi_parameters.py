"""Parameters in the OpenAPI document, in the form that client generators understand."""

import re
from typing import Any

_NULL = {"type": "null"}


def simplify(path: str, operation: dict[str, Any]) -> None:
    """Sort and simplify an operation's parameters.

    Path parameters come first, in the path's order, because generators make them positional
    arguments. Parameters aren't unions with null, as "none" means to leave them out. If-Match is
    required: the code accepts its absence only to return 428 instead of 422.
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
