"""Problems: errors that a client can understand, rendered in one place (RFC 9457)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from dayline.core.phrase import Phrase
from dayline.kernel.text.catalogs import ENGLISH, render


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """One field of the request and why it was refused."""

    field: str
    reason: Phrase


class FieldErrorDocument(BaseModel):
    """A field of the request that was refused."""

    model_config = ConfigDict(frozen=True, title="FieldError")

    field: str = Field(description="The path of the field, such as `options.0.title`.")
    reason: str = Field(description="Why the field was refused, as a sentence in your language.")


class ProblemDocument(BaseModel):
    """The body of every error response, `application/problem+json`."""

    model_config = ConfigDict(extra="allow", title="Problem")

    type: str = Field(description="A URN that names the kind of problem and never changes.")
    title: str = Field(description="What went wrong, as a sentence in your language.")
    status: int = Field(description="The HTTP status of the response.")
    detail: str | None = Field(
        default=None,
        description="More about this case, as a sentence in your language. Absent if there is "
        "nothing to add.",
    )
    request_id: str | None = Field(
        default=None,
        description="The id of the request in the server's log. Absent if there is none.",
    )
    errors: list[FieldErrorDocument] | None = Field(
        default=None, description="The fields that were refused. Absent if none were."
    )


class Problem(Exception):
    """An error that the caller can understand and often fix.

    The title that people read is in the catalogs, by the slug. `detail` says more about this case.
    `facts` are further members of the problem document.
    """

    status: ClassVar[int] = 400
    slug: ClassVar[str] = "problem"

    def __init__(
        self,
        detail: Phrase | None = None,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(render(detail or self.title()))
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})
        self.facts = facts

    @classmethod
    def title(cls) -> Phrase:
        """Return the title."""
        return Phrase(f"problems.{cls.slug}")

    @classmethod
    def uri(cls) -> str:
        """Return the `type` member, a stable name of this kind of problem."""
        return f"urn:dayline:problem:{cls.slug}"

    def document(self, request_id: str | None, language: str = ENGLISH) -> dict[str, Any]:
        """Return the problem document in a language, without empty members."""
        members = {
            "type": self.uri(),
            "title": render(self.title(), language),
            "status": self.status,
            "detail": self.detail and render(self.detail, language),
            "request_id": request_id,
            "errors": _rendered(self.errors, language),
            **self.facts,
        }
        return {name: value for name, value in members.items() if value is not None}


def _rendered(errors: Sequence[FieldError], language: str) -> list[dict[str, str]] | None:
    said = [{"field": each.field, "reason": render(each.reason, language)} for each in errors]
    return said or None


class BadRequest(Problem):
    """The request could not be read."""

    status = 400
    slug = "bad-request"


class SignInNeeded(Problem):
    """Sign in, or send a token."""

    status = 401
    slug = "sign-in-needed"


class Forbidden(Problem):
    """Your role does not allow this."""

    status = 403
    slug = "forbidden"


class NotFound(Problem):
    """There is nothing here, or nothing that you can see."""

    status = 404
    slug = "not-found"


class MethodNotAllowed(Problem):
    """This address does not take that method."""

    status = 405
    slug = "method-not-allowed"


class Conflict(Problem):
    """The state of things does not allow this."""

    status = 409
    slug = "conflict"


class RevisionMismatch(Problem):
    """Somebody changed this since you read it."""

    status = 412
    slug = "revision-mismatch"


class TooLarge(Problem):
    """The request is too large."""

    status = 413
    slug = "too-large"


class NotAcceptable(Problem):
    """The body must be JSON."""

    status = 415
    slug = "unsupported-media-type"


class Invalid(Problem):
    """Some fields were refused."""

    status = 422
    slug = "invalid"

    @classmethod
    def field(cls, field: str, reason: Phrase) -> "Invalid":
        """Return the problem of a single field."""
        return cls(errors=[FieldError(field=field, reason=reason)])


class RevisionNeeded(Problem):
    """Say which revision you change: send If-Match with the ETag that you read."""

    status = 428
    slug = "revision-needed"


class TooManyRequests(Problem):
    """Too many tries. Wait, then try again."""

    status = 429
    slug = "too-many-requests"


class Internal(Problem):
    """Something failed on our side; nothing was changed."""

    status = 500
    slug = "internal"


class Unavailable(Problem):
    """The database cannot be reached right now."""

    status = 503
    slug = "unavailable"


class Busy(Unavailable):
    """The server is too busy right now. Try again."""

    slug = "busy"
