"""HTTP routes of projects."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Request, Response

from dayline.identity.caller import GuestReads, MemberPosts, MemberWrites
from dayline.kernel.errors import NotFound
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.revisions import ExpectedRev, etag
from dayline.kernel.http.routing import Room
from dayline.projects import actions, people
from dayline.projects.lists import list_projects
from dayline.projects.models import Condition, Project
from dayline.projects.problems import GuestsNeedTheLead, KeyTaken, NoAccess
from dayline.projects.queries import get_project, project_documents
from dayline.projects.schemas import ProjectEdit, ProjectIn, ProjectKey, ProjectOut, ProjectSort

router = Room(prefix="/api", tags=["projects"], route_class=IdempotentRoute)

PROJECTS = "/workspaces/{workspace}/projects"
PROJECT = PROJECTS + "/{key}"

KeyInPath = Annotated[
    ProjectKey, Path(alias="key", description="The project's key, in any case.", examples=["ABC"])
]
Person = Annotated[UUID, Path(description="The member's id.")]


@router.get(PROJECTS)
async def projects_list(
    caller: GuestReads,
    request: Request,
    response: Response,
    page: Paging,
    *,
    archived: Annotated[
        bool, Query(description="Whether to list archived projects instead.")
    ] = False,
    condition: Annotated[
        Condition | None, Query(description="Only projects in this condition.")
    ] = None,
    lead: Annotated[
        UUID | None, Query(description="Only projects led by the member with this id.")
    ] = None,
    sort: Annotated[ProjectSort, Query(description="The order of the list.")] = ProjectSort.NAME,
) -> list[ProjectOut]:
    """List the projects that you can see."""
    found = await list_projects(
        caller, page, archived=archived, condition=condition, lead=lead, sort=sort
    )
    link_next(request, response, found)
    return list(found.items)


@router.post(PROJECTS, status_code=201, responses=answers(KeyTaken))
async def projects_create(
    caller: MemberPosts, request: Request, response: Response, new: ProjectIn
) -> ProjectOut:
    """Create a project with its discussion."""
    project = await actions.create_project(caller, new)
    response.headers["Location"] = f"{request.url.path}/{project.key}"
    return await _shown(caller, response, project)


@router.get(PROJECT)
async def projects_get(caller: GuestReads, response: Response, key: KeyInPath) -> ProjectOut:
    """Get a project."""
    return await _shown(caller, response, await get_project(caller, key))


@router.patch(PROJECT)
async def projects_update(
    caller: MemberWrites,
    response: Response,
    key: KeyInPath,
    expected_rev: ExpectedRev,
    edit: ProjectEdit,
) -> ProjectOut:
    """Change a project."""
    project = await actions.update_project(caller, key, expected_rev, edit)
    return await _shown(caller, response, project)


@router.put(PROJECT + "/archival")
async def projects_archive(caller: MemberWrites, response: Response, key: KeyInPath) -> ProjectOut:
    """Archive a project.

    An archived project can be read, but gets no new topics or updates.
    """
    return await _shown(caller, response, await actions.set_archived(caller, key, True))


@router.delete(PROJECT + "/archival")
async def projects_unarchive(
    caller: MemberWrites, response: Response, key: KeyInPath
) -> ProjectOut:
    """Restore an archived project."""
    return await _shown(caller, response, await actions.set_archived(caller, key, False))


@router.put(PROJECT + "/people/{member_id}", responses=answers(GuestsNeedTheLead, NoAccess))
async def projects_add_person(
    caller: MemberWrites, response: Response, key: KeyInPath, member_id: Person
) -> ProjectOut:
    """Add a member to a project.

    Guests can see only the projects they were added to. The lead and admins can add guests.
    """
    return await _shown(caller, response, await people.add_person(caller, key, member_id))


@router.delete(PROJECT + "/people/{member_id}", responses=answers(GuestsNeedTheLead))
async def projects_remove_person(
    caller: MemberWrites, response: Response, key: KeyInPath, member_id: Person
) -> ProjectOut:
    """Remove a member from a project.

    A guest can then no longer see it.
    """
    return await _shown(caller, response, await people.remove_person(caller, key, member_id))


async def _shown(caller: GuestReads, response: Response, project: Project) -> ProjectOut:
    documents = await project_documents(caller, [project.id])
    if not documents:
        raise NotFound
    response.headers["ETag"] = etag(documents[0].rev)
    return documents[0]
