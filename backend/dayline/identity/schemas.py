"""API schemas of accounts and their sessions."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from dayline.identity.addresses import Address
from dayline.identity.models import Role, SecurityKind
from dayline.identity.passwords import NewPassword, TypedPassword
from dayline.kernel.http.language import Language
from dayline.kernel.schemas import CreatedAt, Id, Input, Line, Output, Rev

LinkSecret = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    Field(description="The part of the link after `#token=`."),
]


class AccountOut(Output):
    """Your own account."""

    id: Id
    email: str = Field(description="The email that you sign in with.")
    name: str = Field(
        description="Your name. Changing it doesn't change your name in workspaces that you "
        "already joined."
    )
    created_at: CreatedAt
    founder_at: datetime | None = Field(
        description="Since when you can create workspaces. Null if you can't."
    )
    language: str | None = Field(
        description="The language you chose. Null follows your browser.", examples=["en"]
    )
    rev: Rev


class AccountEdit(Input):
    """Changes to your account. Fields left out stay the same."""

    name: Line = Field(
        default_factory=str, description="Your new name. Your names in workspaces stay the same."
    )
    language: Language | None = Field(
        default=None, description="The language to use for you. Null follows your browser."
    )


class Reauthentication(Input):
    """Your password, entered again to confirm that it's you."""

    password: TypedPassword


class PasswordChange(Input):
    """Your current password, a new one, and what else to revoke with the change."""

    current_password: TypedPassword
    new_password: NewPassword
    end_sessions: bool = Field(
        default=True, description="Whether to sign out all your other browsers."
    )
    revoke_tokens: bool = Field(
        default=False, description="Whether to revoke your access tokens in every workspace."
    )
    revoke_calendar_links: bool = Field(
        default=False, description="Whether to revoke your calendar links in every workspace."
    )


class SignIn(Input):
    """The email and password of an account."""

    email: Address
    password: TypedPassword = Field(description="The account's password.")


class SessionOut(Output):
    """A browser that is signed in to your account."""

    id: Id
    user_agent: str = Field(description="The `User-Agent` that the browser sent when it signed in.")
    created_at: datetime = Field(description="When the password was entered.")
    last_used_at: datetime = Field(
        description="When the session was last used, to within ten minutes."
    )
    expires_at: datetime = Field(
        description="When the session ends at the latest. If it isn't used, it ends earlier."
    )
    is_current: bool = Field(description="Whether this is the session that you're using now.")


class SecurityEventOut(Output):
    """Something that happened to your account, or that you did with it."""

    id: Id
    at: datetime = Field(description="When it happened.")
    kind: SecurityKind = Field(description="What happened.")
    by_name: str | None = Field(
        description="The name of the member who did it. Null if you did it."
    )
    workspace: str | None = Field(
        description="The name of the workspace at that time. Null if none was involved."
    )
    about: str | None = Field(
        description="The browser, token, invited email or member concerned. Null if there is none."
    )
    role: Role | None = Field(description="The role that was given. Null if no role was.")
    role_before: Role | None = Field(
        description="The role before the change. Null if no role changed."
    )
    address: str | None = Field(
        description="The IP address of the request. Null for what others did or what was "
        "done on the server."
    )
    user_agent: str | None = Field(
        description="The `User-Agent` of the request. Null if there was none."
    )


class ResetUse(Input):
    """A password reset link and the new password."""

    token: LinkSecret
    new_password: NewPassword


class ResetLink(Output):
    """A one-time link for setting a new password. It is shown only once."""

    link: str = Field(description="The URL to give to the member.")
    expires_at: datetime = Field(description="When the link stops working.")
