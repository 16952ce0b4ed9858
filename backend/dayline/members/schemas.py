"""API schemas of workspaces, members, invites and tokens."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from dayline.core.clarity import ClarityLevel
from dayline.core.phrase import Phrase
from dayline.identity.addresses import Address
from dayline.identity.models import Role, TokenScope
from dayline.identity.passwords import NewPassword
from dayline.identity.schemas import LinkSecret
from dayline.kernel.http.language import Language
from dayline.kernel.schemas import Input, Line, Output, Shape
from dayline.kernel.text.zones import ZoneName
from dayline.members import reserved

MOST_PROJECTS = 100

WorkspaceSlug = Annotated[
    str,
    Shape(
        r"^[a-z0-9][a-z0-9-]{0,39}$",
        Phrase("fields.short-name"),
    ),
    AfterValidator(reserved.not_reserved(reserved.SLUGS)),
    Field(description="The workspace's name in addresses. It never changes.", examples=["acme"]),
]
Handle = Annotated[
    str,
    Shape(
        r"^[a-z0-9]([a-z0-9._-]{0,38}[a-z0-9])?$",
        Phrase("fields.handle"),
    ),
    AfterValidator(reserved.not_reserved(reserved.HANDLES)),
    Field(description="How others mention a member: unique in the workspace.", examples=["olena"]),
]


class SetupIn(Input):
    """The first owner of an installation."""

    token: LinkSecret
    email: Address
    name: Line
    password: NewPassword


class WorkspaceIn(Input):
    """A new workspace; you become its owner."""

    name: Line
    slug: WorkspaceSlug
    reference_zone: ZoneName
    handle: Handle


class ClarityOut(Output):
    """How strictly each kind of text is checked for the five points."""

    task_brief: ClarityLevel = Field(description="Briefs of tasks that someone else is to do.")
    task_comment: ClarityLevel = Field(description="Comments on tasks that ask someone.")
    discussion: ClarityLevel = Field(description="Updates and discussions that ask someone.")
    direct_message: ClarityLevel = Field(description="Direct messages that ask someone.")
    urgent: ClarityLevel = Field(description="Urgent messages that ask someone, of any kind.")
    decision: ClarityLevel = Field(description="Decisions that are opened.")


class ClarityEdit(Input):
    """The kinds of text to check differently. Those left out stay as they are."""

    task_brief: ClarityLevel = Field(default_factory=lambda: ClarityLevel.OFF)
    task_comment: ClarityLevel = Field(default_factory=lambda: ClarityLevel.OFF)
    discussion: ClarityLevel = Field(default_factory=lambda: ClarityLevel.OFF)
    direct_message: ClarityLevel = Field(default_factory=lambda: ClarityLevel.OFF)
    urgent: ClarityLevel = Field(default_factory=lambda: ClarityLevel.OFF)
    decision: ClarityLevel = Field(default_factory=lambda: ClarityLevel.OFF)


class WorkspaceEdit(Input):
    """What changes; what is left out stays as it is."""

    name: Line = Field(default_factory=str)
    reference_zone: ZoneName = Field(default_factory=str)
    language: Language = Field(default_factory=str)
    clarity: ClarityEdit = Field(default_factory=ClarityEdit)


class WorkspaceOut(Output):
    """A workspace, as its members see it."""

    id: UUID
    slug: str
    name: str
    reference_zone: str
    language: str = Field(description="The language when nothing else decides it.", examples=["en"])
    clarity: ClarityOut
    created_at: datetime
    rev: int


class MembershipOut(Output):
    """A workspace that you are an active member of."""

    workspace_id: UUID
    slug: str
    name: str
    member_id: UUID
    role: Role


class MemberOut(Output):
    """A member's card. The address of their account is not on it."""

    id: UUID
    handle: str
    name: str
    role: Role
    joined_at: datetime | None = Field(description="Null: imported, and has not joined yet.")
    disabled_at: datetime | None
    rev: int


class MemberEdit(Input):
    """What changes; what is left out stays as it is."""

    name: Line = Field(default_factory=str, description="Everybody writes their own.")
    handle: Handle = Field(default_factory=str)
    role: Role = Field(default_factory=lambda: Role.MEMBER, description="Admins say who is what.")


class MeOut(Output):
    """Your own card, and what this sign-in or token may do."""

    member: MemberOut
    role: Role
    scopes: list[TokenScope]


class InviteIn(Input):
    """Whom to invite, as what."""

    email: Address | None = Field(
        default=None,
        description="May be left out for an imported member whose address the import knew.",
    )
    role: Role
    member_id: UUID | None = Field(
        default=None,
        description="The imported member whom the invite is for; without it a new one joins.",
    )
    project_ids: list[UUID] = Field(
        default_factory=list,
        max_length=MOST_PROJECTS,
        description="For a guest: the projects that they are added to.",
    )


class InviteOut(Output):
    """An invitation of an address into the workspace."""

    id: UUID
    email: str
    role: Role
    project_ids: list[UUID]
    member_id: UUID | None = Field(description="The imported member whom it is for.")
    invited_by: UUID
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    accepted_by: UUID | None
    revoked_at: datetime | None


class InviteMade(InviteOut):
    """A new invitation with its one-time link, which is shown once."""

    link: str


class InviteLook(Input):
    """The secret of an invite's link."""

    token: LinkSecret


class InvitePreview(Output):
    """What an invite's link leads to."""

    workspace: str = Field(description="The workspace's name.")
    slug: str
    email: str
    role: Role
    expires_at: datetime
    name: str | None = Field(description="The name of the imported member whom it is for.")
    handle: str | None = Field(description="The handle of the imported member whom it is for.")


class InviteAcceptance(Input):
    """How to join. A new account needs a name and a password; an account that exists, neither."""

    token: LinkSecret
    handle: Handle
    name: Line | None = None
    password: NewPassword | None = None


class Joined(Output):
    """The workspace that you joined, and your card in it."""

    workspace: WorkspaceOut
    member: MemberOut


class TokenIn(Input):
    """A new access token."""

    name: Line = Field(description="What it is for.", examples=["wall board"])
    scopes: list[TokenScope] = Field(
        min_length=1,
        max_length=3,
        description="Each one includes those before it: read, write, admin.",
    )
    expires_in_days: int = Field(ge=1, le=365)


class TokenOut(Output):
    """An access token, without its secret."""

    id: UUID
    member_id: UUID
    name: str
    hint: str = Field(description="The last four characters of the secret.")
    scopes: list[TokenScope]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = Field(description="Kept to ten minutes.")
    revoked_at: datetime | None


class TokenMade(TokenOut):
    """A new access token with its secret, which is shown once."""

    secret: str = Field(description="Send it as `Authorization: Bearer …`.")
