"""An installation run by `dayline up` as a real process, and other runs of the command line."""

import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil

from tests.logs import secrets_in

Call = Callable[..., subprocess.CompletedProcess[str]]
DAYLINE = [sys.executable, "-m", "dayline"]


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A folder that every user may enter, which pytest's own folders are not."""
    with tempfile.TemporaryDirectory(prefix="dayline-test-home-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(**settings: object) -> dict[str, str]:
    """This environment with no settings of Dayline but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DAYLINE_")}
    return kept | {f"DAYLINE_{name.upper()}": str(value) for name, value in settings.items()}


def dayline(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run a command that should end by itself."""
    return subprocess.run(
        [*DAYLINE, *arguments],
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def is_refused(done: subprocess.CompletedProcess[str], *words: str) -> bool:
    """Whether it ended with exit code 2 and one sentence that holds all words."""
    sentence = done.stderr.strip()
    one_line = "\n" not in sentence and sentence.endswith(".")
    return done.returncode == 2 and one_line and all(word in sentence for word in words)


def command(process: psutil.Process) -> str:
    try:
        return " ".join([process.name(), *process.cmdline()])
    except psutil.Error:
        return ""


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def all_gone(processes: list[psutil.Process], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if all(is_gone(process) for process in processes):
            return True
        time.sleep(0.05)
    return False


@dataclass
class Installation:
    """One home and one port; started and ended any number of times."""

    home: Path
    settings: dict[str, object] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None
    output: str = ""

    def start(self, *arguments: str) -> None:
        """Start it and return when it says that it is ready."""
        self.launch(*arguments)
        self.read_until("Stop: Ctrl-C", 120)

    def launch(self, *arguments: str) -> None:
        self.output = ""
        self.process = subprocess.Popen(
            [*DAYLINE, "up", *arguments],
            env=environment(home=self.home, port=self.port, **self.settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None:
            self.end(signal.SIGKILL)

    def read_until(self, words: str, seconds: float) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        deadline = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while words not in self.output:
                assert selector.select(deadline - time.monotonic()), self.output
                read = os.read(self.process.stdout.fileno(), 65536).decode()
                assert read, self.output
                self.output += read

    def descendants(self) -> list[psutil.Process]:
        assert self.process is not None
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, word: str) -> psutil.Process:
        """The child process with that word in its command."""
        assert self.process is not None
        children = psutil.Process(self.process.pid).children()
        return next(child for child in children if word in command(child))

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it; its exit code."""
        assert self.process is not None
        self.process.send_signal(how)
        code = self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        for log in (self.home / "logs").glob("*.log"):
            assert secrets_in(log.read_text()) == []
        return code

    def log(self, name: str) -> str:
        return (self.home / "logs" / f"{name}.log").read_text()

    def await_log(self, name: str, words: str, times: int, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self.log(name).count(words) < times:
            assert time.monotonic() < deadline, self.log(name)
            time.sleep(0.1)
