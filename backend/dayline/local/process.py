"""Child processes that end with this one, perhaps run as another user."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import IO

from dayline.local.account import Account

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None
_CLEAN = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def spawn(
    command: Sequence[str | Path],
    log: IO[bytes],
    *,
    account: Account | None = None,
    death_signal: signal.Signals = signal.SIGKILL,
    stdin: int = subprocess.DEVNULL,
    env: Mapping[str, str] = _CLEAN,
    descriptors: Collection[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a child in its own session, so that Ctrl-C reaches only this process.

    On Linux the child gets `death_signal` when this process ends in any way.
    """
    return subprocess.Popen(  # noqa: S603
        command,
        stdin=stdin,
        stdout=log,
        stderr=subprocess.STDOUT,
        env=env,
        cwd="/",
        start_new_session=True,
        pass_fds=descriptors,
        umask=0o077,
        preexec_fn=_tie_to_parent(death_signal),  # noqa: PLW1509 - it only makes two system calls
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=() if account else None,
    )


def run(
    command: Sequence[str | Path], *, account: Account | None = None, text: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. Returns its output and exit code."""
    return subprocess.run(  # noqa: S603
        command,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env=_CLEAN,
        cwd="/",
        umask=0o077,
        start_new_session=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=() if account else None,
    )


def stop(process: subprocess.Popen[bytes], how: signal.Signals, seconds: float) -> None:
    """Stop a child with the signal `how`, and after `seconds` with SIGKILL."""
    if process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _tie_to_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    if _libc is None:
        return None
    prctl, parent = _libc.prctl, os.getpid()

    def tie() -> None:
        prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie
