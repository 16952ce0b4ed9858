"""HTTP routes of tasks."""

from functools import partial
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response
from starlette.requests import HTTPConnection

from dayline.identity.caller import GuestPosts, GuestReads, GuestWrites, MemberPosts
from dayline.identity.reading import GuestReading, ReadContext, understood
from dayline.kernel.db.reads import listed
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.paging import PageRequest, Paging, link_next, next_link
from dayline.kernel.http.revisions import ExpectedRev, etag
from dayline.kernel.http.routing import Room, at_once
from dayline.projects.problems import ProjectArchived
from dayline.tasks import actions, bulk, links, queries
from dayline.tasks.history import task_history
from dayline.tasks.keys import OtherPathKey, PathKey
from dayline.tasks.listing import TaskFilter, TaskSort, list_tasks
from dayline.tasks.problems import TaskCycle
from dayline.tasks.schemas import (
    BulkIn,
    BulkOut,
    HistoryEntry,
    LabelOut,
    TaskCard,
    TaskEdit,
    TaskIn,
    TaskOut,
)

router = Room(prefix="/api/workspaces/{workspace}", tags=["tasks"], route_class=IdempotentRoute)
T = TypeVar("T", bound=TaskCard)

Watcher = Annotated[UUID, Path(description="The id of the member who follows the task.")]


@router.get(
    "/tasks",
    response_model=list[TaskCard],
    responses={304: {"description": "The page hasn't changed since `If-None-Match`."}},
)
async def tasks_list(
    reader: GuestReading,
    request: Request,
    wanted: Annotated[TaskFilter, Depends(at_once(TaskFilter))],
    page: Paging,
    *,
    sort: Annotated[
        TaskSort, Query(description="The order of the list. A leading `-` reverses it.")
    ] = TaskSort.UPDATED_AT_DESC,
) -> Response:
    """List the tasks that you can see.

    A task is listed if it has one of the values of each filter.
    """
    answer = partial(_tasks_listed, wanted, sort, page)
    understood(request, answer)
    return await answer(reader, request)


async def _tasks_listed(
    wanted: TaskFilter,
    sort: TaskSort,
    page: PageRequest,
    reader: ReadContext,
    request: HTTPConnection,
) -> Response:
    found = await list_tasks(reader, wanted, sort, page)
    return listed(found.items, {"ETag": reader.etag} | next_link(request, found))


@router.post("/tasks", status_code=201, responses=answers(ProjectArchived))
async def tasks_create(
    request: Request, response: Response, caller: GuestPosts, new: TaskIn
) -> TaskOut:
    """Create a task with a topic for its comments."""
    task = await actions.create_task(caller, new)
    response.headers["Location"] = f"{request.url.path}/{task.key}"
    return _tagged(response, task)


@router.post("/tasks/bulk")
async def tasks_bulk(caller: MemberPosts, wanted: BulkIn) -> BulkOut:
    """Change up to 200 tasks at once.

    Either all of them change or none.
    """
    return BulkOut(changed=await bulk.change_tasks(caller, wanted.keys, wanted.change))


@router.get("/tasks/{key:task_key}")
async def tasks_get(response: Response, caller: GuestReads, key: PathKey) -> TaskOut:
    """Get a task with its brief."""
    return _tagged(response, await queries.get_task(caller, key))


@router.patch("/tasks/{key:task_key}", responses=answers(TaskCycle))
async def tasks_update(
    response: Response, caller: GuestWrites, key: PathKey, rev: ExpectedRev, edit: TaskEdit
) -> TaskOut:
    """Change a task.

    Done and cancelled resolve the task's topic, and other states reopen it.
    """
    return _tagged(response, await actions.change_task(caller, key, rev, edit))


@router.get("/tasks/{key:task_key}/history")
async def tasks_history(
    request: Request, response: Response, caller: GuestReads, key: PathKey, page: Paging
) -> list[HistoryEntry]:
    """List who changed what in a task, newest first."""
    found = await task_history(caller, key, page)
    link_next(request, response, found)
    return list(found.items)


@router.put("/tasks/{key:task_key}/watchers/{member_id}")
async def tasks_watch(
    response: Response,
    caller: GuestWrites,
    key: PathKey,
    member_id: Watcher,
) -> TaskCard:
    """Let a member follow a task.

    Guests can change this only for themselves.
    """
    return _tagged(response, await links.watch(caller, key, member_id))


@router.delete("/tasks/{key:task_key}/watchers/{member_id}")
async def tasks_unwatch(
    response: Response,
    caller: GuestWrites,
    key: PathKey,
    member_id: Watcher,
) -> TaskCard:
    """Stop a member from following a task.

    Guests can change this only for themselves.
    """
    return _tagged(response, await links.unwatch(caller, key, member_id))


@router.put("/tasks/{key:task_key}/blockers/{other_key:task_key}", responses=answers(TaskCycle))
async def tasks_block(
    response: Response, caller: GuestWrites, key: PathKey, other_key: OtherPathKey
) -> TaskCard:
    """Mark a task as blocked by another one.

    The other task can be in any project that you can see.
    """
    return _tagged(response, await links.block(caller, key, other_key))


@router.delete("/tasks/{key:task_key}/blockers/{other_key:task_key}")
async def tasks_unblock(
    response: Response, caller: GuestWrites, key: PathKey, other_key: OtherPathKey
) -> TaskCard:
    """Mark a task as no longer blocked by another one."""
    return _tagged(response, await links.unblock(caller, key, other_key))


@router.get("/labels")
async def labels_list(caller: GuestReads) -> list[LabelOut]:
    """List the labels of the tasks that you can see, with how many open tasks have each."""
    return await queries.labels_in_use(caller)


def _tagged(response: Response, task: T) -> T:
    response.headers["ETag"] = etag(task.rev)
    return task
