"""The feed's WebSocket: admitting a client, its start position, and serving it."""

import asyncio
import re
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from dayline.context import audience
from dayline.context.audience import EventViewer
from dayline.feed import frames, queries
from dayline.feed.connection import HEARTBEAT_S, Connection
from dayline.feed.hub import Hub
from dayline.feed.resume import MOST_BEHIND, ResetReason, why_reset
from dayline.feed.schemas import MOST_SEQ
from dayline.feed.wire import Socket, live
from dayline.identity.caller import credential_of, find_caller
from dayline.identity.models import Role, TokenScope
from dayline.kernel.errors import Invalid, NotFound, Problem
from dayline.kernel.http.problems import field_error, problem_of
from dayline.kernel.http.web import problem_response
from dayline.kernel.jobs.cancel import cancel_and_wait

CLOSE_S = 1
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class FeedQuery(BaseModel):
    """Where a client resumes. Without `since` it gets only new events."""

    since: int | None = Field(default=None, ge=0, le=MOST_SEQ)
    epoch: str | None = Field(default=None, max_length=100)


@dataclass(frozen=True, slots=True)
class Admitted:
    """An admitted client, and where its stream starts."""

    viewer: EventViewer
    credential_id: UUID
    history: UUID
    start: int
    reason: ResetReason | None
    """Why it has to read the snapshot first. None if it can resume."""

    def connection(self, client: Socket) -> Connection:
        """Create the connection, and send its first frames."""
        made = Connection(self.viewer, self.credential_id, self.history, self.start, client)
        made.put(frames.hello(made.epoch, self.start, HEARTBEAT_S))
        if self.reason is not None:
            made.reset(self.reason, self.start)
        return made


async def serve(websocket: WebSocket, slug: str) -> None:
    """Refuse the client before the handshake, or serve it until either side closes."""
    hub: Hub = websocket.app.state.hub
    with ExitStack() as place:
        try:
            admitted = await _admit(websocket, slug)
            place.enter_context(hub.places.taken(admitted.viewer.member_id))
        except Problem as problem:
            await _refuse(websocket, problem)
            return
        except Exception as fault:
            await _refuse(websocket, problem_of(fault))
            return
        await websocket.accept()
        await live(websocket, partial(_stay, hub, admitted, place.pop_all()))


async def _refuse(websocket: WebSocket, problem: Problem) -> None:
    if "websocket.http.response" in websocket.scope.get("extensions", {}):
        request_id = websocket.scope.get("state", {}).get("request_id")
        await websocket.send_denial_response(problem_response(problem, request_id))
        await asyncio.sleep(0)  # so that uvicorn sees the connection end and logs no error
        return
    await websocket.accept()
    await websocket.close(4000 + problem.status)


async def _admit(websocket: WebSocket, slug: str) -> Admitted:
    """Authenticate the client and find its start position. Raises the problem that refuses it."""
    websocket.app.state.own_site.check(websocket)
    query = _query(websocket)
    if not _SLUG.fullmatch(slug):
        raise NotFound
    state = websocket.app.state
    async with state.sessions() as session, session.begin():
        credential = credential_of(websocket)
        caller = await find_caller(session, credential, slug, state.clock, state.settings)
        caller.require(Role.GUEST, TokenScope.READ)
        viewer = await audience.viewer_of(caller)
        history = await queries.history(session, caller.workspace_id)
    credential_id = caller.session_id or caller.token_id
    assert credential_id is not None  # noqa: S101
    reason = _why_reset(query, viewer.epoch(history.epoch), history.head)
    start = history.head if query.since is None or reason else query.since
    return Admitted(viewer, credential_id, history.epoch, start, reason)


def _why_reset(query: FeedQuery, epoch: str, head: int) -> ResetReason | None:
    if query.since is None:
        return None
    return why_reset(
        claimed=query.epoch, epoch=epoch, since=query.since, head=head, most_behind=MOST_BEHIND
    )


def _query(websocket: WebSocket) -> FeedQuery:
    try:
        return FeedQuery.model_validate(dict(websocket.query_params))
    except ValidationError as fault:
        errors: list[Any] = fault.errors()
        raise Invalid(errors=[field_error(error) for error in errors]) from fault


async def _stay(hub: Hub, admitted: Admitted, place: ExitStack, client: Socket) -> None:
    """Serve the client, and release its place at the end."""
    with place:
        await _bring(hub, admitted.connection(client), client)


async def _bring(hub: Hub, connection: Connection, client: Socket) -> None:
    hub.join(connection)
    listening = asyncio.create_task(_until_gone(client))
    try:
        either: list[asyncio.Future[Any]] = [listening, connection.ended]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hub.leave(connection)
        await cancel_and_wait([listening])
        await connection.stop()
    if connection.ended.done():
        await _close(client, connection.ended.result())


async def _until_gone(client: Socket) -> None:
    """Return when the client has left. Ignores all that it sends."""
    while (await client.receive())["type"] != "websocket.disconnect":
        pass


async def _close(client: Socket, code: int) -> None:
    with suppress(TimeoutError, OSError, RuntimeError, WebSocketDisconnect):
        async with asyncio.timeout(CLOSE_S):
            await client.close(code)
