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
            description="Words that all occur, in any order, case or accents; the last one may be "
            "a beginning. The key of a task or of a decision finds it first.",
            examples=["ABC-12", "deploy fri"],
        ),
    ],
    *,
    kind: Annotated[
        tuple[HitKind, ...],
        Query(max_length=len(HitKind), description="Only these kinds; else all."),
    ] = (),
    project: Annotated[ProjectKey | None, Query(description="Only in this project.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_HITS, description="Hits at most.")] = 20,
) -> list[Hit]:
    """What you see that holds all the words: references first, then titles before texts.

    The newest come before older ones.
    """
    project_id = None if project is None else (await get_project(caller, project)).id
    return await search(caller, q, frozenset(kind or HitKind), project_id, limit)
