"""An embedded PostgreSQL: created on the first start, recovered on later ones."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault
from dayline.local.account import Account, current_user
from dayline.local.folders import private_folder
from dayline.local.process import run, spawn, stop
from dayline.local.programs import PostgresPrograms

OWNER = "dayline"
DATABASE = "dayline"
SUPERUSER = "postgres"

_SMALL_MACHINE = {
    "listen_addresses": "",
    "port": "5432",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "wal_compression": "on",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    "jit": "off",
}
_THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_OWNER_SQL = """
SELECT 'CREATE ROLE {owner} LOGIN CREATEROLE NOSUPERUSER {createdb}'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{owner}') \\gexec
SELECT 'CREATE DATABASE {database} OWNER {owner}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
"""


class Postgres:
    """A PostgreSQL with its data in `folder`/data and a Unix socket in `sockets`.

    There is no password. PostgreSQL asks the system who connects and lets in only `account` and the
    user of this process. A throwaway one accepts everyone who can enter `sockets`, is fast instead
    of durable, and lets its owner create databases.
    """

    def __init__(
        self,
        programs: PostgresPrograms,
        folder: Path,
        sockets: Path,
        log: Path,
        account: Account | None,
        *,
        throwaway: bool = False,
    ) -> None:
        self.programs = programs
        self.folder = folder
        self.data = folder / "data"
        self.sockets = sockets
        self.log = log
        self.account = account
        self.throwaway = throwaway
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = DATABASE) -> str:
        """The URL for the application: it connects as the database's owner, never as superuser."""
        return f"postgresql+asyncpg://{OWNER}@/{database}?host={self.sockets}&port=5432"

    @property
    def is_running(self) -> bool:
        """Whether the last started process is running."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Create the cluster if there is none, stop what a crash left, and wait until it is ready.

        Raises Fault for a foreign folder, another major version, or a failed start.
        """
        self._prepare()
        self._check()
        self._end_orphan()
        self._write_access_rules()
        self._launch()
        self.psql(self._owner_sql())

    def stop(self) -> None:
        """Shut down cleanly: sessions are ended and everything is written to disk."""
        if self.process is not None:
            stop(self.process, signal.SIGINT, 60)

    def stop_at_once(self) -> None:
        """Stop it without writing anything more. The next start recovers."""
        if self.process is not None:
            stop(self.process, signal.SIGQUIT, 5)

    def kill(self) -> None:
        """Kill it, as a power failure would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def psql(self, sql: str, database: str = "postgres") -> str:
        """Run SQL as the superuser and return its unaligned output. Raises Fault."""
        where = ["-h", str(self.sockets), "-p", "5432", "-U", SUPERUSER, "-d", database]
        command = [str(self._program("psql")), "-XqAt", "-v", "ON_ERROR_STOP=1", *where]
        done = run(command, account=self.account, text=sql)
        if done.returncode != 0:
            raise Fault(Phrase("server.postgres-refused", said=done.stderr.strip()))
        return done.stdout

    def _program(self, name: str) -> Path:
        return self.programs.bin / name

    def _prepare(self) -> None:
        self.folder.mkdir(mode=0o755, exist_ok=True)
        self.folder.chmod(0o711)
        if self.data.exists():
            return
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        private_folder(fresh, self.account)
        made = run([self._program("initdb"), *self._initdb_options(fresh)], account=self.account)
        if made.returncode != 0:
            raise Fault(Phrase("server.postgres-folder-failed", said=_last_line(made.stderr)))
        fresh.rename(self.data)

    def _initdb_options(self, folder: Path) -> list[str]:
        options = [f"--pgdata={folder}", f"--username={SUPERUSER}", "--encoding=UTF8"]
        options += ["--locale=C.UTF-8", "--auth=peer", "--data-checksums", "--no-instructions"]
        if self.programs.major >= 17:  # noqa: PLR2004 - the first with builtin locales
            options.append("--locale-provider=builtin")
        return options + (["--no-sync"] if self.throwaway else [])

    def _check(self) -> None:
        try:
            major = (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            folder = str(self.data)
            raise Fault(Phrase("server.postgres-folder-foreign", folder=folder)) from None
        if major != str(self.programs.major):
            raise Fault(
                Phrase(
                    "server.postgres-of-another-version",
                    folder=str(self.data),
                    old=major,
                    new=str(self.programs.major),
                )
            )

    def _end_orphan(self) -> None:
        """Stop a server that outlived its supervisor. Removes a stale pid file. Raises Fault."""
        pid = self._recorded_pid()
        if pid is None or not _is_alive(pid):
            return
        for mode in ("fast", "immediate"):
            if self._is_in_use(pid):
                options = ["stop", "-w", "-t", "30", "-m", mode, "-D", str(self.data)]
                run([self._program("pg_ctl"), *options], account=self.account)
        if self._is_in_use(pid):
            raise Fault(Phrase("server.postgres-still-running", process=str(pid)))
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _recorded_pid(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def _is_in_use(self, pid: int) -> bool:
        """Whether processes of this cluster run. After a reboot, `pid` may be another process."""
        if sys.platform == "linux":
            return _is_working_folder(self.data.resolve())
        return str(self.data) in run(["ps", "-o", "command=", "-p", str(pid)]).stdout

    def _write_access_rules(self) -> None:
        how = "trust" if self.throwaway else "peer map=dayline"
        (self.folder / "hba.conf").write_text(f"local all all {how}\n")
        users = {current_user(), *([self.account.name] if self.account else [])}
        rules = [f'dayline "{user}" {role}\n' for user in users for role in (OWNER, SUPERUSER)]
        (self.folder / "ident.conf").write_text("".join(rules))
        for name in ("hba.conf", "ident.conf"):
            (self.folder / name).chmod(0o644)

    def _launch(self) -> None:
        for _ in range(20):
            with self.log.open("ab") as log:
                self.process = spawn(
                    self._command(),
                    log,
                    account=self.account,
                    death_signal=signal.SIGKILL if self.throwaway else signal.SIGINT,
                )
            if self._becomes_ready():
                return
            if "still in use" not in _tail(self.log):
                break
            time.sleep(0.5)  # the sessions of a killed server take a moment to end
        said = _last_line(_tail(self.log))
        raise Fault(Phrase("server.postgres-did-not-start", said=said, log=str(self.log)))

    def _command(self) -> list[str | Path]:
        settings = _SMALL_MACHINE | (_THROWAWAY if self.throwaway else {})
        settings |= {
            "unix_socket_directories": str(self.sockets),
            "hba_file": str(self.folder / "hba.conf"),
            "ident_file": str(self.folder / "ident.conf"),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self._program("postgres"), "-D", self.data, *options]

    def _becomes_ready(self) -> bool:
        """Wait until it is ready, without a limit: recovery may take long. False if it ended."""
        assert self.process is not None  # noqa: S101
        while self.process.poll() is None:
            with contextlib.suppress(FileNotFoundError):
                lines = (self.data / "postmaster.pid").read_text().split("\n")
                if lines[0] == str(self.process.pid) and lines[7:8] and lines[7].strip() == "ready":
                    return True
            time.sleep(0.02)
        return False

    def _owner_sql(self) -> str:
        createdb = "CREATEDB" if self.throwaway else "NOCREATEDB"
        return _OWNER_SQL.format(owner=OWNER, database=DATABASE, createdb=createdb)


def _is_working_folder(folder: Path) -> bool:
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if link.readlink() == folder:
                return True
    return False


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _tail(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 2000))
        return file.read().decode(errors="replace")


def _last_line(text: str) -> str | Phrase:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else Phrase("system.silent")
