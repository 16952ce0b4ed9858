"""The headers of real answers, compared with the OpenAPI document."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx

DOCUMENT = Path(__file__).parents[1] / "docs" / "openapi.json"
"""The committed document, which `tests/api/test_document.py` compares with the app's own. An app
takes 0.6 s of CPU to write its own, and many tests build an app."""
DECLARED = ("etag", "link", "location", "idempotency-replayed", "accept-ranges", "content-range")
"""Headers that clients act on."""


async def check_headers(response: httpx.Response) -> None:
    """Fail where an answer has a header that its operation doesn't declare."""
    sent = {name for name in DECLARED if name in response.headers}
    if not sent or response.status_code >= 400:
        return
    asked = (response.request.url.path, response.request.method.lower())
    declared = _declared(*asked, str(response.status_code))
    assert declared is None or sent <= declared, (asked, sent - declared)


@cache
def _declared(path: str, method: str, status: str) -> frozenset[str] | None:
    for operation in _operations(path, method):
        headers = operation["responses"].get(status, {}).get("headers", {})
        return frozenset(name.lower() for name in headers)
    return None


def _operations(path: str, method: str) -> Iterator[dict[str, Any]]:
    """The operations of this address; one without placeholders comes first."""
    for pattern, operations in _patterns():
        if method in operations and pattern.fullmatch(path):
            yield operations[method]


@cache
def _patterns() -> list[tuple[re.Pattern[str], dict[str, dict[str, Any]]]]:
    paths = json.loads(DOCUMENT.read_text())["paths"]
    return [
        (re.compile(re.sub(r"{\w+}", "[^/]+", template)), paths[template])
        for template in sorted(paths, key=lambda one: one.count("{"))
    ]
