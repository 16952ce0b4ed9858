"""Actions that end somebody's access, or leave them less of it, each ready to begin."""

from functools import partial

from tests.members.conftest import secret_of
from tests.races.gate import Action
from tests.races.scene import Scene
from tests.timers.desk import done


async def disable(scene: Scene) -> Action:
    return partial(scene.olena.put, f"/members/{scene.xan_id}/disablement")


async def make_guest(scene: Scene) -> Action:
    path = f"/members/{scene.xan_id}"
    card = await done(scene.olena.get(path))
    return partial(scene.olena.patch, path, {"role": "guest"}, card["rev"])


async def join_as_guest(scene: Scene) -> Action:
    """They were imported, had not joined yet, and do so by an invite that makes them a guest."""
    await scene.unjoin()
    email = f"xan@{scene.team.slug}.example"
    new = {"role": "guest", "email": email, "member_id": scene.xan_id}
    made = await done(scene.olena.post("/invites", new))
    given = {
        "token": secret_of(made["link"]),
        "handle": "xan",
        "name": "Xan",
        "password": "a long password of xan",
    }
    return partial(scene.visit, "/api/invites/accept", given)
