"""One embedded Valkey (or Redis). It keeps nothing: PostgreSQL is the truth."""

import signal
import socket
import subprocess
import time
from pathlib import Path

from dayline.local.account import Account
from dayline.local.fault import Fault
from dayline.local.process import spawn, stop


class Valkey:
    """A Valkey that whoever can enter `sockets` reaches by the Unix socket there."""

    def __init__(self, program: Path, sockets: Path, log: Path, account: Account | None) -> None:
        self.program = program
        self.socket = sockets / "valkey.sock"
        self.log = log
        self.account = account
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address, as redis-py and arq read it."""
        return f"unix://{self.socket}"

    @property
    def is_running(self) -> bool:
        """Whether the process started last is still there."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it, in the place of one that an earlier crash left. Raises Fault."""
        self._say(b"SHUTDOWN NOSAVE\r\n")
        with self.log.open("ab") as log:
            self.process = spawn(
                [self.program, "-"], log, account=self.account, stdin=subprocess.PIPE
            )
        assert self.process.stdin is not None  # noqa: S101
        self.process.stdin.write(self._configuration())
        self.process.stdin.close()
        self._await()

    def stop(self) -> None:
        """End it."""
        if self.process is not None:
            stop(self.process, signal.SIGTERM, 5)

    def kill(self) -> None:
        """End it at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def flush(self) -> None:
        """Forget everything."""
        self._say(b"FLUSHALL\r\n")

    def _configuration(self) -> bytes:
        settings = {
            "port": "0",
            "unixsocket": self.socket,
            "unixsocketperm": "700",
            "dir": self.socket.parent,
            "save": '""',
            "appendonly": "no",
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items()).encode()

    def _await(self) -> None:
        deadline = time.monotonic() + 15
        while self.is_running and time.monotonic() < deadline:
            if self._say(b"PING\r\n").startswith(b"+PONG"):
                return
            time.sleep(0.01)
        self.kill()
        raise Fault(f"Valkey did not start (see {self.log}).")

    def _say(self, command: bytes) -> bytes:
        """Send one command; the answer, or nothing where no server listens."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(2)
                connection.connect(str(self.socket))
                connection.sendall(command)
                return connection.recv(64)
        except OSError:
            return b""
