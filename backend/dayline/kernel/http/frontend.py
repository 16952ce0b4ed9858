"""The built front end, read once at start and served from memory.

A new build is served after a restart. Files with a hash in their name are cached forever. The page
that names them is revalidated each time.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dayline.kernel.errors import MethodNotAllowed, NotFound
from dayline.kernel.http.compression import takes_gzip

BUILT = Path(__file__).parents[2] / "static"
"""Where the build puts the front end, both in the source tree and in a wheel."""

NOT_BUILT = "The pages are not built: run `make setup`, then start Dayline again. The API works."

_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_LEAST_ZIPPED = 500


@dataclass(frozen=True, slots=True)
class File:
    """A file of the build, with its response headers."""

    body: bytes
    zipped: bytes | None
    headers: dict[str, str]

    @classmethod
    def read(cls, path: Path, *, for_good: bool) -> "File":
        """Read a file. `for_good` says that its name changes with its content."""
        body = path.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        textual = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        zipped = gzip.compress(body, mtime=0) if textual and len(body) >= _LEAST_ZIPPED else None
        headers = {
            "Content-Type": f"{kind}; charset=utf-8" if textual else kind,
            "Cache-Control": _FOR_GOOD if for_good else _ASK_AGAIN,
            "ETag": f'W/"{hashlib.sha256(body).hexdigest()[:32]}"',
            "Vary": "Accept-Encoding",
        }
        return cls(body, zipped, headers)

    def answer(self, asked: Headers) -> Response:
        """Return a response for these request headers: 304, compressed, or plain."""
        if asked.get("if-none-match") == self.headers["ETag"]:
            return Response(status_code=304, headers=self.headers)
        if self.zipped is not None and takes_gzip(asked.get("accept-encoding", "")):
            return Response(self.zipped, headers=self.headers | {"Content-Encoding": "gzip"})
        return Response(self.body, headers=self.headers)


class Frontend:
    """Serves files of the build, and the app's page to browsers that open one of its URLs.

    Paths under `/api` are passed to `otherwise`.
    """

    def __init__(self, folder: Path, otherwise: ASGIApp) -> None:
        self._otherwise = otherwise
        self._files = {
            f"/{path.relative_to(folder).as_posix()}": File.read(
                path, for_good=path.parent.name == "assets"
            )
            for path in folder.rglob("*")
            if path.is_file()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a file, or the app's page for a URL of the app."""
        if scope["type"] != "http" or f"{scope['path']}/".startswith("/api/"):
            await self._otherwise(scope, receive, send)
            return
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        if scope["method"] not in {"GET", "HEAD"}:
            raise MethodNotAllowed(headers={"Allow": "GET, HEAD"})
        path, asked = scope["path"], Headers(scope=scope)
        file = self._files.get(path) or self._page(path, asked)
        if file is None:
            return PlainTextResponse(NOT_BUILT, 503, headers={"Cache-Control": "no-store"})
        return file.answer(asked)

    def _page(self, path: str, asked: Headers) -> File | None:
        """Return the app's page, if a browser opens one of its URLs. They have no dot at the end.

        Browsers accept HTML when they open a page. A program that requests `/metrics` doesn't, and
        must get an error instead of the page. Raises NotFound.
        """
        wants_page = path == "/" or "text/html" in asked.get("accept", "").lower()
        if not wants_page or "." in path.rpartition("/")[2]:
            raise NotFound
        return self._files.get("/index.html")


def install(app: FastAPI, folder: Path = BUILT) -> None:
    """Serve the front end for all paths without a route."""
    app.router.default = Frontend(folder, otherwise=app.router.default)
