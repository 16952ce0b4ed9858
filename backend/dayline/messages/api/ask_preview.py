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
        Query(max_length=MOST_ASKED, description="Ids of the members to ask."),
    ] = [],  # noqa: B006 -- read only
    *,
    mention: Annotated[
        list[Word],
        Query(
            max_length=MOST_HANDLES,
            description="Handles that the text names. `unreached` says which of them ask nobody.",
        ),
    ] = [],  # noqa: B006 -- read only
    topic: Annotated[UUID | None, Query(description="The topic to ask in.")] = None,
    project: Annotated[
        ProjectKey | None, Query(description="Without a topic: the key of the project to ask in.")
    ] = None,
    kind: Annotated[
        ClauseKind | None,
        Query(
            description="What is to be answered. Else what the topic holds; without one, a "
            "discussion of the project, or a direct message."
        ),
    ] = None,
    urgent: Annotated[bool, Query(description="Whether it would be urgent.")] = False,
) -> AskPreviewOut:
    """What would come of asking now: who works, who starts when, when their answers would be due.

    Ask it before you send. Who is off, and why, is nobody's business: only when they start.
    """
    handles = {handle.lower() for handle in mention}
    question = AskQuery(list(dict.fromkeys(recipient)), handles, topic, project, kind, urgent)
    return await preview_asks(caller, question)
