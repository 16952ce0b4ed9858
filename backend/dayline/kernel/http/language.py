"""The language of a request: the account's, the client's, the workspace's, or English."""

import re
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dayline.core.phrase import Phrase, Refused
from dayline.kernel.text.catalogs import ENGLISH, languages, offered, render
from dayline.kernel.text.stored import restored

_RANGE = re.compile(
    r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*"
)
_MOST_READ = 1000
"""How much of a header is read."""

_STARTS = {"http.response.start", "websocket.http.response.start"}


def accepted(header: str) -> str | None:
    """Return the language of an Accept-Language header that fits best. None if none fits."""
    best: tuple[float, str] | None = None
    for tag, quality in _ranges(header[:_MOST_READ]):
        found = offered(tag)
        if found is not None and quality > 0 and (best is None or quality > best[0]):
            best = quality, found
    return best and best[1]


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        if found := _RANGE.fullmatch(part):
            yield found[1], float(found[2] or 1)


@dataclass(slots=True)
class Languages:
    """What is known of a request's language. The caller adds theirs once they are found."""

    accepted: str | None = None
    account: str | None = None
    workspace: str | None = None
    is_used: bool = False
    """Whether something was said in the language, so that the response depends on it."""

    @property
    def spoken(self) -> str:
        """The language to answer in."""
        return self.account or self.accepted or self.workspace or ENGLISH


_current: ContextVar[Languages | None] = ContextVar("languages", default=None)
"""The only place of a request's languages: text is rendered where no request is at hand."""


def note_languages(account: str | None, workspace: str | None) -> None:
    """Add the languages of the caller and of their workspace to the request."""
    if (languages := _current.get()) is not None:
        languages.account, languages.workspace = account, workspace


def spoken() -> str:
    """Return the language of the request, for a text of its response. English outside of one."""
    languages = _current.get()
    if languages is None:
        return ENGLISH
    languages.is_used = True
    return languages.spoken


def spoken_and_offered() -> str:
    """Return the language of the request, for a text that is stored: never a pseudo-language."""
    return language if (language := spoken()) in languages() else ENGLISH


def say(phrase: Phrase) -> str:
    """Return the phrase in the language of the request."""
    return render(phrase, spoken())


def language_headers() -> dict[str, str]:
    """Return the headers of a response that said something. Empty otherwise."""
    languages = _current.get()
    if languages is None or not languages.is_used:
        return {}
    return {"Content-Language": languages.spoken, "Vary": "Accept-Language"}


class SpeaksLanguages:
    """Middleware that finds the request's language, and names it in the response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or a socket."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        asked = ", ".join(Headers(scope=scope).getlist("accept-language"))
        outer = _current.set(Languages(accepted=accepted(asked) if asked else None))

        async def naming(message: Message) -> None:
            if message["type"] in _STARTS:
                _add_missing(message, language_headers())
            await send(message)

        try:
            await self.app(scope, receive, naming)
        finally:
            _current.reset(outer)


def _add_missing(message: Message, headers: dict[str, str]) -> None:
    own = {name for name, _ in message["headers"]}
    if b"content-language" not in own:
        message["headers"] = [*message["headers"], *Headers(headers).raw]


def _offered(value: str) -> str:
    if value not in languages():
        raise Refused(Phrase("fields.language", known=languages()))
    return value


def say_stored(text: Any) -> Any:
    """Return the text of a row in the language of the request. Text that is no phrase stays."""
    kept = restored(text) if isinstance(text, str) else text
    return say(kept) if isinstance(kept, Phrase) else kept


StoredText = Annotated[str, BeforeValidator(say_stored)]
"""What a row has as a stored phrase, or as text."""

Language = Annotated[
    str,
    AfterValidator(_offered),
    Field(description="The code of a language that Dayline offers.", examples=["en"]),
]
"""The tag of a language with catalogs."""
