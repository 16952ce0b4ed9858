"""Restarting services that end, with a growing pause."""

import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from dayline.core.phrase import Phrase
from dayline.kernel.jobs.backoff import Backoff
from dayline.kernel.ops.fault import Fault
from dayline.local.account import Account
from dayline.local.process import spawn, stop

_SETTLED_S = 60.0
"""A service that ran for so many seconds restarts without a longer pause."""
_LARGEST_LOG = 10 * 1024 * 1024


class Service(Protocol):
    """A service that can be started, stopped and started again."""

    @property
    def is_running(self) -> bool:
        """Whether it is running."""
        ...

    def start(self) -> None:
        """Start it. Raises Fault if that fails."""

    def stop(self) -> None:
        """Stop it and wait until it has ended."""


class Command:
    """A subcommand of `dayline` as a child process that logs to a file."""

    def __init__(
        self,
        command: Sequence[str | Path],
        log: Path,
        env: Mapping[str, str],
        account: Account | None = None,
        descriptors: Collection[int] = (),
    ) -> None:
        self.command = command
        self.log = log
        self.env = env
        self.account = account
        self.descriptors = descriptors
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the last started process is running."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start the process. A large log is rotated first."""
        rotate(self.log)
        with self.log.open("ab") as log:
            self.process = spawn(
                self.command,
                log,
                account=self.account,
                env=self.env,
                descriptors=self.descriptors,
            )

    def ask_to_stop(self) -> None:
        """Ask it to stop, without waiting."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """Stop it. Requests under way get 8 seconds."""
        if self.process is not None:
            stop(self.process, signal.SIGTERM, 8)


class Keeper:
    """Restarts a service whenever it ends."""

    def __init__(self, name: str, service: Service, say: Callable[[Phrase], None]) -> None:
        self.name = name
        self.service = service
        self.failures = 0
        self._backoff = Backoff(0.5, 30.0)
        self._say = say
        self._started_at = time.monotonic()
        self._start_at: float | None = None

    def tend(self) -> None:
        """Check once: note that the service ended, or restart it when its pause is over."""
        now = time.monotonic()
        if self.service.is_running:
            if now - self._started_at > _SETTLED_S:
                self.failures = 0
                self._backoff.reset()
        elif self._start_at is None:
            pause = self._pause(now)
            self._say(Phrase("server.stopped", service=self.name, seconds=pause))
        elif now >= self._start_at:
            self._restart(now)

    def _pause(self, now: float) -> float:
        """Count a failure. Returns the seconds until the next start."""
        self.failures += 1
        pause = self._backoff.take()
        self._start_at = now + pause
        return pause

    def _restart(self, now: float) -> None:
        self._started_at, self._start_at = now, None
        try:
            self.service.start()
        except Fault as fault:
            pause = self._pause(now)
            said = Phrase(
                "server.not-restarted", service=self.name, seconds=pause, reason=fault.phrase
            )
            self._say(said)


def rotate(log: Path) -> None:
    """Rename a large log to `.log.1`, replacing an older one."""
    if log.exists() and log.stat().st_size > _LARGEST_LOG:
        shutil.move(log, log.with_suffix(".log.1"))
