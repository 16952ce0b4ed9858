"""An embedded Valkey (or Redis). It stores nothing on disk: the data is in PostgreSQL."""

import signal
import socket
import subprocess
import time
from pathlib import Path

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault
from dayline.local.account import Account
from dayline.local.process import spawn, stop


class Valkey:
    """A Valkey with a Unix socket in `sockets`. Everyone who can enter that folder can use it."""

    def __init__(self, program: Path, sockets: Path, log: Path, account: Account | None) -> None:
        self.program = program
        self.socket = sockets / "valkey.sock"
        self.log = log
        self.account = account
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its URL, for redis-py and arq."""
        return f"unix://{self.socket}"

    @property
    def is_running(self) -> bool:
        """Whether the last started process is running."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it. Stops one that an earlier crash left. Raises Fault."""
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
        """Stop it."""
        if self.process is not None:
            stop(self.process, signal.SIGTERM, 5)

    def kill(self) -> None:
        """Kill it."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def flush(self) -> None:
        """Delete all data."""
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
        raise Fault(Phrase("server.valkey-did-not-start", log=str(self.log)))

    def _say(self, command: bytes) -> bytes:
        """Send one command. Returns the answer, or nothing if no server listens."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(2)
                connection.connect(str(self.socket))
                connection.sendall(command)
                return connection.recv(64)
        except OSError:
            return b""
