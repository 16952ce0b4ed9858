"""Actions that end somebody's access, or leave them less of it, each ready to begin."""

from functools import partial

from tests.races.gate import Action
from tests.races.scene import Scene
from tests.timers.desk import done


async def disable(scene: Scene) -> Action:
    return partial(scene.olena.put, f"/members/{scene.xan_id}/disablement")


async def make_guest(scene: Scene) -> Action:
    path = f"/members/{scene.xan_id}"
    card = await done(scene.olena.get(path))
    return partial(scene.olena.patch, path, {"role": "guest"}, card["rev"])
