"""`dayline up`: runs PostgreSQL, Valkey, the migrations, the server and the worker."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault
from dayline.kernel.ops.settings import Settings
from dayline.local.account import Account, service_account
from dayline.local.address import check_port, is_ready
from dayline.local.code import Code, code_for
from dayline.local.folders import file_folder, socket_folder
from dayline.local.home import home_path, locked_home
from dayline.local.keeper import Command, Keeper, Service, rotate
from dayline.local.listening import listen
from dayline.local.postgres import Postgres
from dayline.local.programs import find_postgres, find_valkey
from dayline.local.running import noted
from dayline.local.secret import secret_key
from dayline.local.valkey import Valkey

# The drivers and Alembic are imported after the quick checks, which don't need them.
# ruff: noqa: PLC0415

Say = Callable[[Phrase | str], None]
"""Prints a phrase in the operator's language, or a link as it is."""

_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PATIENCE = 180.0


def up(settings: Settings, owner: str | None, say: Say) -> None:
    """Run an installation until SIGINT, SIGTERM or SIGHUP, then stop its parts in order.

    Raises Fault for errors that the operator can fix. If this process is killed, its children end,
    too, and the next call recovers.
    """
    for ending in _ENDINGS:
        signal.signal(ending, signal.default_int_handler)
    with ExitStack() as stack, suppress(KeyboardInterrupt):
        try:
            Supervisor(settings, stack, say).run(owner)
        finally:
            for ending in _ENDINGS:
                signal.signal(ending, signal.SIG_IGN)


class Supervisor:
    """The parts of one installation, in the order of their start. `stack` stops them in reverse."""

    def __init__(self, settings: Settings, stack: ExitStack, say: Say) -> None:
        self.settings = settings
        self.say = say
        self.kept: list[Keeper] = []
        self._stack = stack
        self._home = home_path(settings)
        self._account: Account | None = service_account()
        """The user who runs everything but this process, if this process is root's."""

    def run(self, owner: str | None) -> None:
        """Start everything, print how to sign in, and keep everything running."""
        self._stack.enter_context(locked_home(self._home, self._account))
        check_port(self.settings.host, self.settings.port)
        self._listener = self._stack.enter_context(
            listen(self.settings.host, self.settings.port)  # only root may bind the low ports
        )
        self._find_key()
        self._find_files()
        self._start_postgres()
        self._start_valkey()
        self._stack.enter_context(noted(self._home, self.settings))
        self._migrate()
        self._start_commands()
        link = first_owner_link(self.settings, owner)  # while the server starts
        self._await_ready()
        self._welcome(link)
        while True:
            self._tend()

    def _migrate(self) -> None:
        from dayline.kernel.ops.migrate import upgrade

        upgrade(self.settings)

    def _find_key(self) -> None:
        if not self.settings.secret_key:
            key = (secret_key(self._home, self._account),)
            self.settings = self.settings.model_copy(update={"secret_key": key})

    def _find_files(self) -> None:
        wanted = self.settings.files or self._home / "files"
        files = file_folder(wanted.expanduser().absolute(), self._account)
        self.settings = self.settings.model_copy(update={"files": files})

    @cached_property
    def _sockets(self) -> Path:
        return self._stack.enter_context(socket_folder(self._home / "run", self._account))

    @property
    def _logs(self) -> Path:
        logs = self._home / "logs"
        logs.mkdir(mode=0o700, exist_ok=True)
        return logs

    def _log(self, name: str) -> Path:
        log = self._logs / f"{name}.log"
        rotate(log)
        return log

    def _start_postgres(self) -> None:
        if self.settings.database_url is not None:
            from dayline.local.external import check_postgres

            check_postgres(self.settings.database_url, "DAYLINE_DATABASE_URL")
            return
        self.say(Phrase("server.starting-postgres"))
        postgres = Postgres(
            find_postgres(self._account),
            self._home / "postgres",
            self._sockets,
            self._log("postgres"),
            self._account,
        )
        self._keep("postgres", postgres)
        address = {"database_url": postgres.url(), "migrate_database_url": None}
        self.settings = self.settings.model_copy(update=address)

    def _start_valkey(self) -> None:
        if self.settings.redis_url is not None:
            from dayline.local.external import check_redis

            check_redis(self.settings.redis_url, "DAYLINE_REDIS_URL")
            return
        program = find_valkey(self._account)
        valkey = Valkey(program, self._sockets, self._log("valkey"), self._account)
        self._keep("valkey", valkey)
        self.settings = self.settings.model_copy(update={"redis_url": valkey.url})

    def _start_commands(self) -> None:
        code = code_for(self._account, self._home)
        commands = [self._command(code, name) for name in ("serve", "worker")]
        for name, command in zip(("server", "worker"), commands, strict=True):
            self._keep(name, command)
        for command in commands:
            self._stack.callback(command.ask_to_stop)

    def _command(self, code: Code, name: str) -> Command:
        variables = child_environment(self.settings) | code.variables
        if self._account is not None:  # so that nothing is looked up in root's home
            own = {"USER": self._account.name, "LOGNAME": self._account.name}
            variables |= own | {"HOME": str(self._home)}
        if name == "worker":
            log, command = self._logs / "worker.log", (*code.command, "worker")
            return Command(command, log, variables, self._account)
        listener = self._listener.fileno()
        command = (*code.command, "serve", "--descriptor", str(listener))
        return Command(command, self._logs / "server.log", variables, self._account, [listener])

    def _keep(self, name: str, service: Service) -> None:
        self._stack.callback(service.stop)
        service.start()
        self.kept.append(Keeper(name, service, self.say))

    def _tend(self) -> None:
        for keeper in self.kept:
            keeper.tend()
        time.sleep(0.2)

    def _await_ready(self) -> None:
        give_up_at = time.monotonic() + _PATIENCE
        while not is_ready(self.settings.host, self.settings.port):
            self._tend()
            for keeper in self.kept:
                if keeper.failures > 2:  # noqa: PLR2004 - one may be bad luck
                    logs = str(self._logs)
                    raise Fault(Phrase("server.keeps-stopping", service=keeper.name, logs=logs))
            if time.monotonic() > give_up_at:
                raise Fault(Phrase("server.not-started", logs=str(self._logs)))

    def _welcome(self, link: str | None) -> None:
        self.say("")
        self.say(Phrase("server.ready", url=self.settings.origin))
        if link is None:
            self.say(Phrase("server.sign-in", url=self.settings.origin))
        else:
            self.say(Phrase("server.first-account"))
            self.say(f"\n    {link}\n")
        self.say(Phrase("server.data", folder=str(self._home)))
        self.say(Phrase("server.logs", folder=str(self._logs)))
        self.say(Phrase("server.stop"))


def first_owner_link(settings: Settings, owner: str | None) -> str | None:
    """The one-time link that creates the first owner, or None if there is one."""
    from dayline.members.setup import owner_link

    return asyncio.run(owner_link(settings, owner))


def child_environment(settings: Settings) -> dict[str, str]:
    """The environment variables from which a child process reads the same settings."""
    own = {f"DAYLINE_{name.upper()}" for name in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in own}
    values = settings.model_dump(exclude_none=True)
    return kept | {f"DAYLINE_{name.upper()}": _as_text(value) for name, value in values.items()}


def _as_text(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)
