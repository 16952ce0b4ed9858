"""Keeping a service running: started again, after a growing pause, each time it ends."""

import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from dayline.kernel.jobs.backoff import Backoff
from dayline.local.account import Account
from dayline.local.fault import Fault
from dayline.local.process import spawn, stop

_SETTLED_S = 60.0
"""A service that ran so long and then ended starts again at once."""
_LARGEST_LOG = 10 * 1024 * 1024


class Service(Protocol):
    """Something that runs, ends when it should not, and can be started again."""

    @property
    def is_running(self) -> bool:
        """Whether it runs now."""
        ...

    def start(self) -> None:
        """Start it. Raises Fault when it does not start."""

    def stop(self) -> None:
        """End it and wait for its end."""


class Command:
    """A subcommand of `dayline` as a child process, with its log in a file."""

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
        """Whether the process started last is still there."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start the process; its log is put aside first when it has grown large."""
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
        """Begin the end without waiting for it."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """End it: requests under way have a few seconds."""
        if self.process is not None:
            stop(self.process, signal.SIGTERM, 8)


class Keeper:
    """One service, kept running."""

    def __init__(self, name: str, service: Service, say: Callable[[str], None]) -> None:
        self.name = name
        self.service = service
        self.failures = 0
        self._backoff = Backoff(0.5, 30.0)
        self._say = say
        self._started_at = time.monotonic()
        self._start_at: float | None = None

    def tend(self) -> None:
        """Look once: note an end, and start again when its pause is over."""
        now = time.monotonic()
        if self.service.is_running:
            if now - self._started_at > _SETTLED_S:
                self.failures = 0
                self._backoff.reset()
        elif self._start_at is None:
            self._note_failure(now, "ended")
        elif now >= self._start_at:
            self._restart(now)

    def _note_failure(self, now: float, what: str) -> None:
        self.failures += 1
        pause = self._backoff.take()
        self._start_at = now + pause
        self._say(f"{self.name} {what}; it starts again in {pause:g} s.")

    def _restart(self, now: float) -> None:
        self._started_at, self._start_at = now, None
        try:
            self.service.start()
        except Fault as fault:
            self._note_failure(now, f"did not start ({fault})")


def rotate(log: Path) -> None:
    """Put a log that has grown large aside, in the place of the one put aside before."""
    if log.exists() and log.stat().st_size > _LARGEST_LOG:
        shutil.move(log, log.with_suffix(".log.1"))
