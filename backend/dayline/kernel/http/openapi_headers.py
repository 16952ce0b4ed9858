"""Response headers in the OpenAPI document, derived from each operation."""

from typing import Any

_TEXT = {"type": "string"}
_LINK = {
    "description": 'The URL of the next page, as `rel="next"`. Absent on the last page.',
    "schema": _TEXT,
}
_LOCATION = {"description": "The URL of what was created.", "schema": _TEXT}
ETAG = {
    "ETag": {
        "description": "The revision in the response, to send as `If-Match` when you change it.",
        "required": True,
        "schema": _TEXT,
    }
}
"""Declares an ETag for a document nested in a response. Others are detected."""
_PAGE_ETAG = {
    "description": "Identifies the content. Send it as `If-None-Match` to check for changes.",
    "required": True,
    "schema": _TEXT,
}
_REPLAYED = {
    "description": "Always `true`. It marks the stored response to an earlier request.",
    "schema": {"type": "string", "const": "true"},
}


def declare(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Declare the headers of an operation's successful responses.

    `schemas` are the document's components. A response whose schema has `rev` has an ETag.
    """
    sent = {parameter["name"].lower() for parameter in operation.get("parameters", ())}
    for status, response in operation["responses"].items():
        if status[0] not in "23":
            continue
        headers = dict[str, Any]()
        if _has_revision(response, schemas):
            headers |= ETAG
        if "if-none-match" in sent:
            headers["ETag"] = _PAGE_ETAG
        if "cursor" in sent:
            headers["Link"] = _LINK
        if status == "201":
            headers["Location"] = _LOCATION
        if "idempotency-key" in sent:
            headers["Idempotency-Replayed"] = _REPLAYED
        if headers:
            response["headers"] = headers | response.get("headers", {})


def _has_revision(response: dict[str, Any], schemas: dict[str, Any]) -> bool:
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    named = schema.get("$ref", "").rpartition("/")[2]
    return "rev" in schemas.get(named, schema).get("properties", {})
