"""HTTP route of search."""

from typing import Annotated

from fastapi import APIRouter, Query

from dayline.identity.caller import GuestReads
from dayline.kernel.schemas import Word
from dayline.projects.queries import get_project
from dayline.projects.schemas import ProjectKey
from dayline.search.finding import search
from dayline.search.schemas import MOST_HITS, Hit, HitKind

router = APIRouter(prefix="/api/workspaces/{workspace}", tags=["search"])


@router.get("/search")
async def search_get(
    caller: GuestReads,
    q: Annotated[
        Word,
        Query(
            description="The words to find, in any order, case and accents. The last may be "
            "incomplete. A key finds its task or decision first.",
            examples=["ABC-12", "deploy fri"],
        ),
    ],
    *,
    kind: Annotated[
        tuple[HitKind, ...],
        Query(max_length=len(HitKind), description="Only results of these kinds."),
    ] = (),
    project: Annotated[
        ProjectKey | None, Query(description="Only results in the project with this key.")
    ] = None,
    limit: Annotated[
        int, Query(ge=1, le=MOST_HITS, description="The maximum number of results.")
    ] = 20,
) -> list[Hit]:
    """Search everything that you can see.

    Results contain all the words. References come first, then matches in titles. Newer results
    come before older ones.
    """
    project_id = None if project is None else (await get_project(caller, project)).id
    return await search(caller, q, frozenset(kind or HitKind), project_id, limit)
