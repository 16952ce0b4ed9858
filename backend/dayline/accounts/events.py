"""What happens to a workspace and its members."""

from typing import ClassVar

from dayline.accounts.models import Member, Role
from dayline.accounts.schemas import MemberOut, WorkspaceOut
from dayline.kernel.events import Audience, Event


class WorkspaceCreated(Event):
    """The first event of a workspace."""

    kind: ClassVar[str] = "workspace.created"
    workspace: WorkspaceOut


class WorkspaceChanged(Event):
    """Its name or its reference zone changed."""

    kind: ClassVar[str] = "workspace.changed"
    workspace: WorkspaceOut


class MemberJoined(Event):
    """An account became a member."""

    kind: ClassVar[str] = "member.joined"
    member: MemberOut


class MemberChanged(Event):
    """A member's name, handle or role changed, or their access ended or came back."""

    kind: ClassVar[str] = "member.changed"
    member: MemberOut


def audience_about(member: Member) -> Audience:
    """Who may see what happens to a member: guests do not see other guests."""
    if member.role is Role.GUEST:
        return Audience.team(and_guest=member.id)
    return Audience.workspace()
