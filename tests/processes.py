"""Dayline's own processes, as an operator runs them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from dayline.kernel.ops.settings import Settings
from tests.logs import secrets_in

PATIENCE = 120.0
"""Seconds that a process may take to start on a busy machine."""


def free_port() -> int:
    """A port that nothing listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class DaylineProcess:
    """One process of Dayline, which can be killed and started again."""

    settings: Settings
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def launch(self, *command: str, **more: str) -> None:
        """Start `dayline` with this command; `more` are further variables."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dayline", *command],
                env=os.environ | environment(self.settings) | more,
                stderr=log,
                stdout=log,
            )

    def await_start(self, has_started: Callable[[], bool]) -> None:
        """Wait until it has."""
        deadline = time.monotonic() + PATIENCE
        while not has_started():
            ended = self.process is None or self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                raise RuntimeError(f"it did not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL: nothing is said to anybody."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM: as `dayline up` stops it."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(PATIENCE)
            self.process = None
            assert secrets_in(self.log.read_text()) == []


@dataclass
class ServerProcess(DaylineProcess):
    """`dayline serve` on a port of its own."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        self.launch("serve")
        self.await_start(self._is_ready)

    def _is_ready(self) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(self.url + "/readyz", timeout=2).status_code == httpx.codes.OK
        return False


@dataclass
class WorkerProcess(DaylineProcess):
    """`dayline worker`."""

    def start(self, **more: str) -> None:
        """Start it with further variables, and wait until it works."""
        self.log.write_text("")
        self.launch("worker", **more)
        self.await_start(lambda: '"working"' in self.log.read_text())


def environment(settings: Settings) -> dict[str, str]:
    """The variables that make a process use these settings."""
    given = {name: getattr(settings, name) for name in settings.model_fields_set}
    return {f"DAYLINE_{name.upper()}": _as_text(value) for name, value in given.items() if value}


def _as_text(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


@contextmanager
def server_process(settings: Settings, folder: Path) -> Iterator[ServerProcess]:
    """A running `dayline serve`, stopped at the end."""
    own = settings.model_copy(update={"port": free_port()})
    server = ServerProcess(own, folder / "server.log")
    server.start()
    try:
        yield server
    finally:
        server.stop()
