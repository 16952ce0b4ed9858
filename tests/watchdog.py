"""A watchdog: no callback of a request may hold the event loop for longer than `LIMIT`.

While a callback runs, every other request waits. Measured is the CPU time of the loop's thread, so
that a busy machine makes nobody late, without the collections of garbage, whose length depends on
what the tests hold. A request is driven step by step from one `await` that waits to the next; what
it starts beside itself is known by its context. The code of the tests is not measured.
"""

import asyncio
import gc
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from time import thread_time
from typing import Any

from fastapi import FastAPI

LIMIT = 0.05
"""CPU seconds."""

Call = Callable[..., Coroutine[Any, Any, None]]

_request: ContextVar[str | None] = ContextVar("request", default=None)


class Watchdog:
    """Notes what held the loop too long since it was last asked."""

    def __init__(self, limit: float = LIMIT) -> None:
        self.limit = limit
        self._noted: list[str] = []
        self._collecting_since = self._collected = 0.0

    def take(self) -> list[str]:
        """What held the loop too long; it is told once."""
        noted, self._noted = self._noted, []
        return noted

    @contextmanager
    def installed(self) -> Iterator["Watchdog"]:
        """Watch every application and every loop meanwhile."""
        call, run = FastAPI.__call__, asyncio.Handle._run
        FastAPI.__call__ = self._watching(call)  # type: ignore[method-assign]
        asyncio.Handle._run = self._running(run)  # type: ignore[assignment, method-assign]
        gc.callbacks.append(self._collect)
        try:
            yield self
        finally:
            FastAPI.__call__, asyncio.Handle._run = call, run  # type: ignore[method-assign]
            gc.callbacks.remove(self._collect)

    @contextmanager
    def measuring(self, what: Callable[[], str]) -> Iterator[None]:
        """Note `what` if it takes too long."""
        began, collected = thread_time(), self._collected
        try:
            yield
        finally:
            held = thread_time() - began - (self._collected - collected)
            if held > self.limit:
                self._noted.append(f"{held * 1000:.0f} ms of CPU time: {what()}")

    def _watching(self, call: Call) -> Call:
        async def watched(app: FastAPI, scope: Any, receive: Any, send: Any) -> None:
            running = call(app, scope, receive, send)
            if scope["type"] == "lifespan":
                await running
            else:
                name = f"{scope.get('method', scope['type'])} {scope['path']}"
                await _Steps(self, running, name)

        return watched

    def _running(self, run: Callable[[asyncio.Handle], None]) -> Callable[[asyncio.Handle], None]:
        def watched(handle: asyncio.Handle) -> None:
            request = handle._context.get(_request)  # type: ignore[attr-defined]
            if request is None:
                run(handle)
                return
            with self.measuring(lambda: f"{request}, beside it {handle}"):
                run(handle)

        return watched

    def _collect(self, phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            self._collecting_since = thread_time()
        else:
            self._collected += thread_time() - self._collecting_since


class _Steps:
    """A request, driven step by step."""

    def __init__(self, watchdog: Watchdog, running: Coroutine[Any, Any, None], name: str) -> None:
        self._watchdog = watchdog
        self._running = running
        self._name = name

    def __await__(self) -> Generator[Any, Any, None]:
        step: Callable[[], Any] = partial(self._running.send, None)
        while True:
            try:
                waits_for = self._take(step)
            except StopIteration:
                return
            try:
                sent = yield waits_for
                step = partial(self._running.send, sent)
            except BaseException as fault:
                step = partial(self._running.throw, fault)

    def _take(self, step: Callable[[], Any]) -> Any:
        token = _request.set(self._name)
        try:
            with self._watchdog.measuring(self._where):
                return step()
        finally:
            _request.reset(token)

    def _where(self) -> str:
        return f"{self._name}, until {_place_of(self._running)}"


def _place_of(running: Any) -> str:
    """Where a coroutine waits, by the innermost of the project's frames."""
    place = "its end"
    while running is not None and (frame := getattr(running, "cr_frame", None)) is not None:
        if "dayline" in frame.f_code.co_filename:
            place = f"{frame.f_code.co_filename}:{frame.f_lineno}"
        running = running.cr_await
    return place
