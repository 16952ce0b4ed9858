"""Events of workspaces, members, invites and tokens."""

from typing import ClassVar
from uuid import UUID

from dayline.identity.models import Role
from dayline.kernel.db.events import Audience, Event
from dayline.members.models import Member
from dayline.members.schemas import InviteOut, MemberOut, TokenOut, WorkspaceOut


class WorkspaceCreated(Event):
    """The workspace was created. This is its first event."""

    kind: ClassVar[str] = "workspace.created"
    workspace: WorkspaceOut


class WorkspaceChanged(Event):
    """The workspace's name, team time zone, language or clarity levels changed."""

    kind: ClassVar[str] = "workspace.changed"
    workspace: WorkspaceOut


class MemberJoined(Event):
    """A person joined the workspace, as a new member or as an imported one."""

    kind: ClassVar[str] = "member.joined"
    member: MemberOut


class MemberChanged(Event):
    """A member's name, handle or role changed, or their access ended or was restored."""

    kind: ClassVar[str] = "member.changed"
    member: MemberOut


class PasswordResetIssued(Event):
    """An admin created a password reset link for a member."""

    kind: ClassVar[str] = "password_reset.issued"
    member_id: UUID


class InviteCreated(Event):
    """Someone was invited."""

    kind: ClassVar[str] = "invite.created"
    invite: InviteOut


class InviteAccepted(Event):
    """An invite was accepted."""

    kind: ClassVar[str] = "invite.accepted"
    invite: InviteOut


class InviteRevoked(Event):
    """An invite was revoked."""

    kind: ClassVar[str] = "invite.revoked"
    invite: InviteOut


class TokenCreated(Event):
    """A member created an access token."""

    kind: ClassVar[str] = "token.created"
    token: TokenOut


class TokenRevoked(Event):
    """An access token was revoked."""

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
