"""The tables of accounts, their sessions, links, security events and access tokens.

Accounts span workspaces. Access tokens belong to one.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to, text_enum
from dayline.kernel.db.ids import new_id


class Role(StrEnum):
    """What a member can do in a workspace, from most to least."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    GUEST = "guest"

    @property
    def rank(self) -> int:
        """A number that is higher for roles that may do more."""
        return {"guest": 0, "member": 1, "admin": 2, "owner": 3}[self.value]

    def includes(self, other: "Role") -> bool:
        """Whether this role may do everything that the other may."""
        return self.rank >= other.rank


class TokenScope(StrEnum):
    """What a token can do. Each scope includes the ones before it."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


class LinkPurpose(StrEnum):
    """What a one-time link lets its bearer do."""

    OWNER = "owner"
    RESET = "reset"


class SecurityKind(StrEnum):
    """What happened to an account, or to who has access."""

    ACCOUNT_CREATED = "account.created"
    SIGNED_IN = "sign_in.done"
    SIGN_IN_REFUSED = "sign_in.refused"
    SIGN_IN_THROTTLED = "sign_in.throttled"
    SESSION_ENDED = "session.ended"
    OTHER_SESSIONS_ENDED = "session.others_ended"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105 -- a name, not a secret
    PASSWORD_GIVEN = "password.given"  # noqa: S105
    PASSWORD_REFUSED = "password.refused"  # noqa: S105
    PASSWORD_THROTTLED = "password.throttled"  # noqa: S105
    RESET_ISSUED = "password_reset.issued"
    RESET_USED = "password_reset.used"
    TOKEN_CREATED = "token.created"  # noqa: S105
    TOKEN_REVOKED = "token.revoked"  # noqa: S105
    CALENDAR_LINK_CREATED = "calendar_link.created"
    CALENDAR_LINK_REVOKED = "calendar_link.revoked"
    INVITE_CREATED = "invite.created"
    INVITE_REVOKED = "invite.revoked"
    INVITE_ACCEPTED = "invite.accepted"
    ROLE_CHANGED = "role.changed"
    MEMBER_DISABLED = "member.disabled"
    MEMBER_RESTORED = "member.restored"


class Account(Revised, table=True):
    """A person who can sign in. Their memberships decide what they may do."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("email"), CheckConstraint("email = lower(email)", "lower"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    email: str = Field(max_length=254)
    name: str = Field(max_length=200)
    password_hash: str
    created_at: datetime
    founder_at: datetime | None = None
    """Since when this account may create workspaces. None if it may not."""
    language: str | None = Field(default=None, max_length=35)
    """The language it chose. None: its browser's, or else the workspace's."""


class SignInSession(SQLModel, table=True):
    """A browser in which an account is signed in. Only the hash of its cookie is stored.

    A new row replaces it each time the password is confirmed, so `created_at` is when the owner
    last entered the password.
    """

    __tablename__ = "sessions"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", index=True)
    token_hash: bytes
    user_agent: str = Field(max_length=300)
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


class KnownBrowser(SQLModel, table=True):
    """A browser that signed in to an account before. Only the hash of its cookie is stored."""

    __tablename__ = "known_browsers"
    __table_args__ = (UniqueConstraint("account_id", "secret_hash"), Index(None, "secret_hash"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id")
    secret_hash: bytes
    last_used_at: datetime


class OneTimeLink(SQLModel, table=True):
    """A link that makes the first owner, or sets a new password, once."""

    __tablename__ = "one_time_links"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    purpose: LinkPurpose = Field(sa_type=text_enum(LinkPurpose))
    token_hash: bytes
    account_id: UUID | None = Field(default=None, foreign_key="accounts.id", index=True)
    email: str | None = Field(default=None, max_length=254)
    issued_by: UUID | None = None
    """The member who was shown it. None for the operator of the server."""
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class SignInFailure(SQLModel, table=True):
    """A wrong password, counted by account, network, browser or session to slow guessing."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (Index(None, "key_hash", "at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    key_hash: bytes
    at: datetime


class SecurityEvent(SQLModel, table=True):
    """What someone did, or tried, with an account. The account's owner sees it.

    It stores the names of workspaces and members at that time and references no row of them, as it
    belongs to no workspace.
    """

    __tablename__ = "security_events"
    __table_args__ = (
        Index(None, "account_id", "id"),
        Index(None, "account_id", "kind", "at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    account_id: UUID | None = Field(default=None, foreign_key="accounts.id")
    """None if someone tried to sign in to an account that does not exist."""
    at: datetime = Field(index=True)
    kind: str = Field(max_length=64)
    by_name: str | None = Field(default=None, max_length=200)
    """The name of the member who did it, if it wasn't the account's owner."""
    workspace: str | None = Field(default=None, max_length=200)
    about: str | None = Field(default=None, max_length=300)
    role: str | None = Field(default=None, max_length=32)
    role_before: str | None = Field(default=None, max_length=32)
    address: str | None = Field(default=None, max_length=64)
    user_agent: str | None = Field(default=None, max_length=300)


class AccessToken(WorkspaceRow, table=True):
    """A secret with which a program acts as a member, within its scopes, until it expires."""

    __tablename__ = "access_tokens"
    __table_args__ = (
        points_to("member_id", "members"),
        UniqueConstraint("token_hash"),
        Index(None, "workspace_id", "member_id"),
    )

    member_id: UUID
    name: str = Field(max_length=200)
    hint: str = Field(max_length=8)
    """The last four characters, to tell tokens apart."""
    token_hash: bytes
    scopes: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
