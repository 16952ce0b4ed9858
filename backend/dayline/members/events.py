"""Events of workspaces, members, invites and tokens."""

from typing import ClassVar
from uuid import UUID

from dayline.identity.models import Role
from dayline.kernel.db.events import Audience, Event
from dayline.members.models import Member
from dayline.members.schemas import InviteOut, MemberOut, TokenOut, WorkspaceOut


class WorkspaceCreated(Event):
    """The first event of a workspace."""

    kind: ClassVar[str] = "workspace.created"
    workspace: WorkspaceOut


class WorkspaceChanged(Event):
    """Its name, reference zone, language or clarity levels changed."""

    kind: ClassVar[str] = "workspace.changed"
    workspace: WorkspaceOut


class MemberJoined(Event):
    """An account became a member, or the imported member that was waiting for it."""

    kind: ClassVar[str] = "member.joined"
    member: MemberOut


class MemberChanged(Event):
    """A member's name, handle or role changed, or their access ended or came back."""

    kind: ClassVar[str] = "member.changed"
    member: MemberOut


class PasswordResetIssued(Event):
    """An admin was given a link that sets a new password for a member."""

    kind: ClassVar[str] = "password_reset.issued"
    member_id: UUID


class InviteCreated(Event):
    """An address was invited."""

    kind: ClassVar[str] = "invite.created"
    invite: InviteOut


class InviteAccepted(Event):
    """An invite was used."""

    kind: ClassVar[str] = "invite.accepted"
    invite: InviteOut


class InviteRevoked(Event):
    """An invite is no longer good."""

    kind: ClassVar[str] = "invite.revoked"
    invite: InviteOut


class TokenCreated(Event):
    """A member made an access token."""

    kind: ClassVar[str] = "token.created"
    token: TokenOut


class TokenRevoked(Event):
    """An access token is no longer good."""

    kind: ClassVar[str] = "token.revoked"
    token: TokenOut


def audience_about(member: Member, before: Role | None = None) -> Audience:
    """Return who sees an event of a member. Guests don't see other guests.

    A change to or from the role of a guest (`before`) goes to everyone, so that other guests learn
    that they no longer, or now, see this member.
    """
    if member.is_guest and before in {None, Role.GUEST}:
        return Audience.team(and_guest=member.id)
    return Audience.workspace()
