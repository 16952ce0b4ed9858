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
from dayline.kernel.schemas import (
    CreatedAt,
    Id,
    Input,
    Line,
    MemberHandle,
    MemberId,
    MemberName,
    Output,
    ReferenceZone,
    Rev,
    Shape,
)
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
    Field(description="The workspace's short name in URLs. It never changes.", examples=["acme"]),
]
Handle = Annotated[
    str,
    Shape(
        r"^[a-z0-9]([a-z0-9._-]{0,38}[a-z0-9])?$",
        Phrase("fields.handle"),
    ),
    AfterValidator(reserved.not_reserved(reserved.HANDLES)),
    Field(
        description="What others type after `@` to mention the member. It is unique in the "
        "workspace.",
        examples=["olena"],
    ),
]


# Meanings that several schemas share.
NAME = Field(description="The workspace's name.")
REFERENCE_ZONE = Field(description="The IANA time zone in which the team compares times.")
LANGUAGE = Field(
    description="The language used if neither the reader nor the Slack channel has chosen one."
)
ROLE = Field(description="The role that the person gets when they join.")
TASK_BRIEF = Field(description="How strictly briefs of tasks assigned to someone else are checked.")
TASK_COMMENT = Field(description="How strictly task comments that ask someone are checked.")
DISCUSSION = Field(
    description="How strictly messages that ask someone in updates, discussions and decisions are "
    "checked."
)
DIRECT_MESSAGE = Field(description="How strictly direct messages that ask someone are checked.")
URGENT = Field(
    description="How strictly urgent messages that ask someone are checked, in any kind of topic."
)
DECISION = Field(description="How strictly decisions are checked when they are opened.")


def _off() -> ClarityLevel:
    return ClarityLevel.OFF


class SetupIn(Input):
    """The first owner of a new installation."""

    token: LinkSecret
    email: Address
    name: Line = Field(description="The owner's name.")
    password: NewPassword


class WorkspaceIn(Input):
    """A workspace to create. You become its owner."""

    name: Annotated[Line, NAME]
    slug: WorkspaceSlug
    reference_zone: Annotated[ZoneName, REFERENCE_ZONE]
    handle: Handle = Field(
        description="Your own handle in the workspace, which others mention you by."
    )


class ClarityOut(Output):
    """How strictly each kind of text is checked for the five points."""

    task_brief: Annotated[ClarityLevel, TASK_BRIEF]
    task_comment: Annotated[ClarityLevel, TASK_COMMENT]
    discussion: Annotated[ClarityLevel, DISCUSSION]
    direct_message: Annotated[ClarityLevel, DIRECT_MESSAGE]
    urgent: Annotated[ClarityLevel, URGENT]
    decision: Annotated[ClarityLevel, DECISION]


class ClarityEdit(Input):
    """Changes to how strictly texts are checked. Kinds of text left out stay the same."""

    task_brief: Annotated[ClarityLevel, TASK_BRIEF] = Field(default_factory=_off)
    task_comment: Annotated[ClarityLevel, TASK_COMMENT] = Field(default_factory=_off)
    discussion: Annotated[ClarityLevel, DISCUSSION] = Field(default_factory=_off)
    direct_message: Annotated[ClarityLevel, DIRECT_MESSAGE] = Field(default_factory=_off)
    urgent: Annotated[ClarityLevel, URGENT] = Field(default_factory=_off)
    decision: Annotated[ClarityLevel, DECISION] = Field(default_factory=_off)


class WorkspaceEdit(Input):
    """Changes to a workspace. Fields left out stay the same."""

    name: Line = Field(default_factory=str, description="The workspace's new name.")
    reference_zone: Annotated[ZoneName, REFERENCE_ZONE] = Field(default_factory=str)
    language: Annotated[Language, LANGUAGE] = Field(default_factory=str)
    clarity: ClarityEdit = Field(
        default_factory=ClarityEdit,
        description="How strictly to check texts for the five points. Kinds of text left out stay "
        "the same.",
    )


class WorkspaceOut(Output):
    """A workspace, as its members see it."""

    id: Id
    slug: str = Field(description="The short name in URLs, which never changes.")
    name: Annotated[str, NAME]
    reference_zone: ReferenceZone
    language: Annotated[str, LANGUAGE] = Field(examples=["en"])
    clarity: ClarityOut = Field(
        description="How strictly the workspace checks each kind of text for the five points."
    )
    created_at: CreatedAt
    rev: Rev


class MembershipOut(Output):
    """A workspace that you are an active member of."""

    workspace_id: UUID = Field(description="The workspace's id.")
    slug: str = Field(description="The workspace's short name in URLs.")
    name: Annotated[str, NAME]
    member_id: UUID = Field(description="Your member id in this workspace.")
    role: Role = Field(description="Your role in this workspace.")


class MemberOut(Output):
    """A member of the workspace, without the email of their account."""

    id: MemberId
    handle: MemberHandle
    name: MemberName
    role: Role = Field(description="What the member can do.")
    joined_at: datetime | None = Field(
        description="When the member joined. Null if they were imported and haven't joined yet."
    )
    disabled_at: datetime | None = Field(
        description="When an admin ended the member's access. Null while they have access."
    )
    rev: Rev


class MemberEdit(Input):
    """Changes to a member. Fields left out stay the same."""

    name: Line = Field(
        default_factory=str, description="The new name. You can change only your own."
    )
    handle: Handle = Field(
        default_factory=str,
        description="The new handle. You can change your own, and admins can change anyone's.",
    )
    role: Role = Field(
        default_factory=lambda: Role.MEMBER,
        description="The new role. Only owners and admins can change roles.",
    )


class MeOut(Output):
    """You as a member, and what this session or token can do."""

    member: MemberOut = Field(description="Your member document.")
    role: Role = Field(description="The role that this session or token acts with.")
    scopes: list[TokenScope] = Field(description="What this session or token can do.")


class InviteIn(Input):
    """The person to invite, and their role."""

    email: Address | None = Field(
        default=None,
        description="The email to invite. Optional for an imported member whose email came "
        "with the import.",
    )
    role: Annotated[Role, ROLE]
    member_id: UUID | None = Field(
        default=None,
        description="The imported member to invite. Null invites someone new.",
    )
    project_ids: list[UUID] = Field(
        default_factory=list,
        max_length=MOST_PROJECTS,
        description="The projects that a guest is added to.",
    )


class InviteOut(Output):
    """An invite to join the workspace."""

    id: Id
    email: str = Field(description="The invited email.")
    role: Annotated[Role, ROLE]
    project_ids: list[UUID] = Field(description="The projects that a guest is added to.")
    member_id: UUID | None = Field(
        description="The imported member who is invited. Null for someone new."
    )
    invited_by: UUID = Field(description="The id of the member who sent the invite.")
    created_at: CreatedAt
    expires_at: datetime = Field(description="When the link stops working.")
    accepted_at: datetime | None = Field(
        description="When the invite was accepted. Null if it hasn't been."
    )
    accepted_by: UUID | None = Field(
        description="The id of the member who joined with the invite. Null if no one has."
    )
    revoked_at: datetime | None = Field(
        description="When the invite was revoked. Null if it hasn't been."
    )


class InviteMade(InviteOut):
    """A new invite with its one-time link, which is shown only once."""

    link: str = Field(description="The URL to give to the invited person.")


class InviteLook(Input):
    """The secret of an invite link."""

    token: LinkSecret


class InvitePreview(Output):
    """What an invite link leads to."""

    workspace: Annotated[str, NAME]
    slug: str = Field(description="The workspace's short name in URLs.")
    email: str = Field(description="The invited email.")
    role: Role = Field(description="The role that you get when you join.")
    expires_at: datetime = Field(description="When the link stops working.")
    name: str | None = Field(
        description="The imported member's name. Null if you join as someone new."
    )
    handle: str | None = Field(
        description="The imported member's handle. Null if you join as someone new."
    )


class InviteAcceptance(Input):
    """How to join. Only a new account needs a name and a password."""

    token: LinkSecret
    handle: Handle = Field(description="Your handle in the workspace, which others mention you by.")
    name: Line | None = Field(
        default=None, description="The name of a new account. Null if you are signed in."
    )
    password: NewPassword | None = Field(
        default=None, description="The password of a new account. Null if you are signed in."
    )


class Joined(Output):
    """The workspace that you joined, and your member document in it."""

    workspace: WorkspaceOut = Field(description="The workspace that you joined.")
    member: MemberOut = Field(description="Your member document in the workspace.")


class TokenIn(Input):
    """An access token to create."""

    name: Line = Field(description="What the token is for.", examples=["wall board"])
    scopes: list[TokenScope] = Field(
        min_length=1,
        max_length=3,
        description="What the token can do. Each scope includes the ones before it.",
    )
    expires_in_days: int = Field(ge=1, le=365, description="In how many days the token expires.")


class TokenOut(Output):
    """An access token, without its secret."""

    id: Id
    member_id: UUID = Field(description="The id of the member that the token acts as.")
    name: str = Field(description="What the token is for.")
    hint: str = Field(description="The last four characters of the secret.")
    scopes: list[TokenScope] = Field(description="What the token can do.")
    created_at: CreatedAt
    expires_at: datetime = Field(description="When the token stops working.")
    last_used_at: datetime | None = Field(
        description="When the token was last used, to within ten minutes. Null if it never was."
    )
    revoked_at: datetime | None = Field(
        description="When the token was revoked. Null if it hasn't been."
    )


class TokenMade(TokenOut):
    """A new access token with its secret, which is shown only once."""

    secret: str = Field(description="The secret, sent as `Authorization: Bearer …`.")
