"""The command line, called in the process of the tests."""

import subprocess
import sys

import pytest

from dayline.cli import main
from tests.logs import kept_logging

from .installation import Call


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The command line in this process, for what is refused before anything starts."""

    def call(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
        with monkeypatch.context() as run:
            for name, value in settings.items():
                run.setenv(f"DAYLINE_{name.upper()}", str(value))
            run.setattr(sys, "argv", ["dayline", *arguments])
            with kept_logging(), pytest.raises(SystemExit) as end:
                main.main()
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, int(end.value.code or 0), out, err)

    return call
