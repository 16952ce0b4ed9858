"""HTTP route of the preview of an ask."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from dayline.core.agreement import ClauseKind
from dayline.identity.caller import GuestReads
from dayline.kernel.schemas import Word
from dayline.messages.ask_preview import AskQuery, preview_asks
from dayline.messages.ask_preview_schemas import AskPreviewOut
from dayline.messages.reach_schemas import MOST_HANDLES
from dayline.messages.schemas import MOST_ASKED
from dayline.projects.schemas import ProjectKey

router = APIRouter()


@router.get("/asking")
async def asking_get(
    caller: GuestReads,
    recipient: Annotated[
        list[UUID],
        Query(max_length=MOST_ASKED, description="The ids of the members to ask."),
    ] = [],  # noqa: B006 -- read only
    *,
    mention: Annotated[
        list[Word],
        Query(
            max_length=MOST_HANDLES,
            description="The handles that the text mentions. `unreached` lists those that "
            "wouldn't ask anyone.",
        ),
    ] = [],  # noqa: B006 -- read only
    topic: Annotated[UUID | None, Query(description="The id of the topic to ask in.")] = None,
    project: Annotated[
        ProjectKey | None,
        Query(description="The key of the project to ask in, if there is no topic."),
    ] = None,
    kind: Annotated[
        ClauseKind | None,
        Query(
            description="What is asked for. If left out, it follows from the topic, the "
            "project or a direct message."
        ),
    ] = None,
    urgent: Annotated[bool, Query(description="Whether to ask urgently.")] = False,
) -> AskPreviewOut:
    """Show who is working and when their answers would be due if you asked now.

    Call this before you send a message. It shows when members start working, never why they are
    off.
    """
    handles = {handle.lower() for handle in mention}
    question = AskQuery(list(dict.fromkeys(recipient)), handles, topic, project, kind, urgent)
    return await preview_asks(caller, question)
