"""A workspace in which steps are taken, and a step: one call of an operation by its name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from dayline.identity.models import Role
from tests.live import Json
from tests.team import Person, Team

Names = dict[str, Any]


@dataclass
class World:
    """A workspace with somebody for every role, and the names of what the steps made in it."""

    team: Team
    visitor: httpx.AsyncClient
    people: dict[str, Person]
    made: Names = field(default_factory=dict)
    operations: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Method and path by operation."""

    @classmethod
    async def create(cls, team: Team, visitor: httpx.AsyncClient) -> "World":
        people = {"owner": team.owner}
        for handle, role in {
            "ada": Role.ADMIN,
            "mel": Role.MEMBER,
            "gus": Role.GUEST,  # a guest of project ABC
            "out": Role.GUEST,  # a guest of no project
            "tim": Role.MEMBER,  # whose card changes
        }.items():
            people[handle] = await team.add(handle, role)
        paths = team.app.openapi()["paths"]
        operations = {
            operation["operationId"]: (method, path)
            for path, methods in paths.items()
            for method, operation in methods.items()
        }
        return cls(team, visitor, people, operations=operations)

    def id_of(self, handle: str) -> str:
        return str(self.people[handle].member_id)


@dataclass(frozen=True)
class Step:
    """One call. `names` fill the path, `body` is sent; both may name what was made before.

    `resets` are those who have to read afresh, because their own access changed.
    """

    operation: str
    body: Callable[[World], Json] = lambda _: {}
    names: Callable[[World], Names] = lambda _: {}
    by: str = "owner"
    keep: str | None = None
    """Under which name the answer is kept."""
    resets: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.operation} by {self.by}" + (f" ({self.keep})" if self.keep else "")

    async def take(self, world: World) -> None:
        method, template = world.operations[self.operation]
        path = template.format(workspace=world.team.slug, **self.names(world))
        http = world.visitor if self.by == "visitor" else world.people[self.by].http
        headers = {"Origin": world.team.app.state.settings.origin}
        if method == "patch":
            headers["If-Match"] = (await http.get(path)).headers["ETag"]
        if self.operation == "agreement_publish":
            draft = await http.get(path.replace("versions", "draft"))
            headers["If-Match"] = draft.headers["ETag"]
        body = self.body(world) if method != "delete" else None
        answer = await http.request(method.upper(), path, json=body, headers=headers)
        assert answer.is_success, f"{self}: {answer.text}"
        if self.keep is not None:
            world.made[self.keep] = answer.json()


def just(**body: Any) -> Callable[[World], Json]:
    """A body that is the same in every world."""
    return lambda _: body
