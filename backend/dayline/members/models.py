"""The tables of workspaces, their members, and invites."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ColumnElement, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.hybrid import hybrid_property
from sqlmodel import Field, col

from dayline.core.clarity import DEFAULT_LEVELS
from dayline.identity.models import Role
from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to, text_enum
from dayline.kernel.db.ids import new_id


class Workspace(Revised, table=True):
    """A team's Dayline. Nothing in it can be reached from another workspace."""

    __tablename__ = "workspaces"
    __table_args__ = (UniqueConstraint("slug"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(max_length=40)
    name: str = Field(max_length=200)
    reference_zone: str = Field(max_length=64)
    """The IANA zone in which the team compares times."""
    language: str = Field(default="en", max_length=35)
    """The language of those whose browser asks for none that Dayline speaks, and of channels."""
    clarity: dict[str, str] = Field(
        default_factory=lambda: {kind.value: level.value for kind, level in DEFAULT_LEVELS.items()},
        sa_column=Column(JSONB, nullable=False),
    )
    """How strictly each kind of text is checked for the five points, by kind."""
    created_at: datetime


class MemberRules:
    """What follows from a member's role and access. Each rule exists once, for Python and SQL."""

    if TYPE_CHECKING:
        role: Any
        disabled_at: Any

    @hybrid_property
    def is_active(self) -> bool:
        """Whether they have access to the workspace."""
        return self.disabled_at is None

    @is_active.inplace.expression
    @classmethod
    def _is_active(cls) -> ColumnElement[bool]:
        return col(cls.disabled_at).is_(None)

    @hybrid_property
    def is_guest(self) -> bool:
        """Whether they see only the projects they were added to."""
        return self.role is Role.GUEST

    @is_guest.inplace.expression
    @classmethod
    def _is_guest(cls) -> ColumnElement[bool]:
        return col(cls.role) == Role.GUEST

    @hybrid_property
    def is_teammate(self) -> bool:
        """Whether they are active and not a guest. Only teammates can be asked for answers."""
        return self.is_active and not self.is_guest

    @is_teammate.inplace.expression
    @classmethod
    def _is_teammate(cls) -> ColumnElement[bool]:
        return col(cls.disabled_at).is_(None) & (col(cls.role) != Role.GUEST)


class Member(MemberRules, WorkspaceRow, Revised, table=True):
    """A person in a workspace, with a handle, a role, and whether their access has ended.

    An imported member has no account until they accept an invite.
    """

    __tablename__ = "members"
    __table_args__ = (
        UniqueConstraint("workspace_id", "handle"),
        UniqueConstraint("workspace_id", "account_id"),
        CheckConstraint("handle = lower(handle)", "lower"),
        CheckConstraint("(account_id IS NULL) = (joined_at IS NULL)", "joins_with_an_account"),
        CheckConstraint("email_hint IS NULL OR joined_at IS NULL", "hint_until_they_join"),
        Index(None, "account_id"),
    )

    account_id: UUID | None = Field(default=None, foreign_key="accounts.id")
    handle: str = Field(max_length=40)
    name: str = Field(max_length=200)
    role: Role = Field(sa_type=text_enum(Role))
    joined_at: datetime | None = None
    email_hint: str | None = Field(default=None, max_length=254)
    """The address that an import recorded. Their invite goes there."""
    disabled_at: datetime | None = None

    @property
    def has_joined(self) -> bool:
        """Whether an account signs in as this member."""
        return self.joined_at is not None


class Invite(WorkspaceRow, table=True):
    """A one-time invitation of an address into a workspace, with a role."""

    __tablename__ = "invites"
    __table_args__ = (
        points_to("member_id", "members"),
        points_to("invited_by", "members"),
        points_to("accepted_by", "members"),
        UniqueConstraint("token_hash"),
        Index(
            None,
            "workspace_id",
            "email",
            unique=True,
            postgresql_where="accepted_at IS NULL AND revoked_at IS NULL",
        ),
    )

    email: str = Field(max_length=254)
    role: Role = Field(sa_type=text_enum(Role))
    project_ids: list[UUID] = Field(sa_column=Column(ARRAY(PG_UUID(as_uuid=True)), nullable=False))
    """The projects that a guest is added to when they accept."""
    member_id: UUID | None = None
    """The imported member that the account becomes. None for a new member."""
    token_hash: bytes
    invited_by: UUID
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None = None
    accepted_by: UUID | None = None
    revoked_at: datetime | None = None
