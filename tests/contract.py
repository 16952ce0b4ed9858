"""The headers of real answers, held against the OpenAPI document."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import httpx
from fastapi import FastAPI

DECLARED = ("etag", "link", "location", "idempotency-replayed", "accept-ranges", "content-range")
"""Headers that clients act on."""


class Contract:
    """What one app's document says; `check` is a hook of a client of the tests."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.declared = cache(self._declared)

    async def check(self, response: httpx.Response) -> None:
        """Fail where an answer has a header that its operation doesn't declare."""
        sent = {name for name in DECLARED if name in response.headers}
        if not sent or response.status_code >= 400:
            return
        asked = (response.request.url.path, response.request.method.lower())
        declared = self.declared(*asked, str(response.status_code))
        assert declared is None or sent <= declared, (asked, sent - declared)

    def _declared(self, path: str, method: str, status: str) -> frozenset[str] | None:
        for operation in self._operations(path, method):
            headers = operation["responses"].get(status, {}).get("headers", {})
            return frozenset(name.lower() for name in headers)
        return None

    def _operations(self, path: str, method: str) -> Iterator[dict[str, Any]]:
        """The operations of this address; one without placeholders comes first."""
        paths = self.app.openapi()["paths"]
        for template in sorted(paths, key=lambda one: one.count("{")):
            pattern = re.sub(r"{\w+}", "[^/]+", template)
            if method in paths[template] and re.fullmatch(pattern, path):
                yield paths[template][method]
