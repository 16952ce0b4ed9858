"""API schemas of accounts and their sessions."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from dayline.identity.addresses import Address
from dayline.identity.models import Role, SecurityKind
from dayline.identity.passwords import NewPassword, TypedPassword
from dayline.kernel.http.language import Language
from dayline.kernel.schemas import Input, Line, Output

LinkSecret = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    Field(description="What stands behind `#token=` in the link."),
]


class AccountOut(Output):
    """Your own account."""

    id: UUID
    email: str
    name: str
    created_at: datetime
    founder_at: datetime | None = Field(description="Since when you can create workspaces.")
    language: str | None = Field(
        description="The language you chose. Null follows your browser.", examples=["en"]
    )
    rev: int


class AccountEdit(Input):
    """What changes. Anything left out stays as it is."""

    name: Line = Field(default_factory=str)
    language: Language | None = Field(
        default=None, description="A language that Dayline speaks. Null follows your browser."
    )


class Reauthentication(Input):
    """Your password, given again."""

    password: TypedPassword


class PasswordChange(Input):
    """A new password, the one that it replaces, and what else ends."""

    current_password: TypedPassword
    new_password: NewPassword
    end_sessions: bool = Field(default=True, description="Sign out every other browser.")
    revoke_tokens: bool = Field(
        default=False, description="Revoke your access tokens in every workspace."
    )
    revoke_calendar_links: bool = Field(
        default=False, description="Revoke your calendar links in every workspace."
    )


class SignIn(Input):
    """What a person signs in with."""

    email: Address
    password: TypedPassword


class SessionOut(Output):
    """A browser that is signed in to your account."""

    id: UUID
    user_agent: str = Field(description="What the browser said that it is.")
    created_at: datetime = Field(description="When the password was given.")
    last_used_at: datetime = Field(description="Kept to ten minutes.")
    expires_at: datetime
    is_current: bool = Field(description="Whether it is the one that asks.")


class SecurityEventOut(Output):
    """Something that happened to your account, or that you did with it."""

    id: UUID
    at: datetime
    kind: SecurityKind
    by_name: str | None = Field(description="Who did it, where it was another member.")
    workspace: str | None = Field(description="The name that the workspace had.")
    about: str | None = Field(
        description="What it names: a browser, a token, an invited address, a member."
    )
    role: Role | None = Field(description="The role that was given.")
    role_before: Role | None = Field(description="The role before it.")
    address: str | None = Field(
        description="The network address it came from; null for what others did, and for what was "
        "done on the server."
    )
    user_agent: str | None = Field(description="What the client said that it is.")


class ResetUse(Input):
    """A new password by a reset link."""

    token: LinkSecret
    new_password: NewPassword


class ResetLink(Output):
    """A one-time link that sets a new password. It is shown once."""

    link: str
    expires_at: datetime
