"""Summaries of operations, and descriptions of what they take and return."""

from typing import Any

_PLACEHOLDER = "Successful Response"
"""What FastAPI says of every response."""


def describe(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Describe an operation, its body and its successful response.

    The first paragraph of the endpoint's docstring is the summary, and the others are the
    description. Bodies are described by their schemas. `schemas` are the document's components.
    """
    first, _, rest = operation["description"].partition("\n\n")
    operation["summary"] = first.removesuffix(".")
    operation["description"] = rest or first
    if body := operation.get("requestBody"):
        body.setdefault("description", _of_content(body, schemas))
    for response in operation["responses"].values():
        if response.get("description") == _PLACEHOLDER:
            response["description"] = _of_content(response, schemas)


def _of_content(body: dict[str, Any], schemas: dict[str, Any]) -> str:
    if "content" not in body:
        return "Done. The response has no body."
    schema = body["content"].get("application/json", {}).get("schema")
    if schema is None:
        return "The content of the file."
    if schema.get("type") == "array":
        return f"A list of `{_name(schema['items'])}` documents."
    described: str = schemas[_name(schema)]["description"]
    return described


def _name(schema: dict[str, Any]) -> str:
    name: str = schema["$ref"].rpartition("/")[2]
    return name
