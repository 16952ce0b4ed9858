"""The command line speaks the language of the locale, and only from the catalogs."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import dayline
from dayline.cli.help import Command, Group
from dayline.cli.main import app, main
from dayline.cli.speech import language_of
from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault
from dayline.kernel.text.catalogs import ENGLISH, patterns, render
from dayline.kernel.text.pseudo import LONGER

SOURCE = Path(dayline.__file__).parent
SPEAKING = ("cli", "local", "transfer", "demo/filling.py", "kernel/ops")
"""What speaks to the operator, or raises what the command line says."""
_OTHERS = {
    "kernel/ops/outgoing.py",  # of Slack
    "kernel/ops/settings.py",  # descriptions of the settings, for README
    "transfer/adr/api.py",  # descriptions of the API
    "transfer/adr/decided.py",  # the Markdown of records, whose format is English
    "transfer/adr/places.py",
    "transfer/adr/record.py",
}
_FOR_PROGRAMS = {", got no working time", "local all all ", "still in use"}
_WORDS = re.compile(r"[A-Za-z’']+[,:;]? [a-z’']+[,:;]? [a-z’']+")
_NOT_SAID = re.compile(r"\b(SELECT|INSERT|UPDATE|GRANT|ALTER|FROM|CREATE|LOCK|DROP)\b|\\")
_RAISED_FOR_PROGRAMMERS = {"ValueError", "RuntimeError", "TypeError"}


def commands(command: object, *path: str) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every command and group, with the words after `dayline` that run it."""
    yield path, command
    if isinstance(command, Group):
        for name, inner in command.commands.items():
            yield from commands(inner, *path, name)


COMMANDS = dict(commands(typer.main.get_command(app)))
IDS = [" ".join(path) or "dayline" for path in COMMANDS]


def help_of(path: tuple[str, ...], language: str) -> str:
    done = CliRunner().invoke(app, [*path, "--help"], env={"LC_ALL": language})
    assert done.exit_code == 0, done.output
    return done.stdout


def prose(text: str) -> str:
    """The text in one line, however it was wrapped."""
    return " ".join(text.split())


@pytest.mark.parametrize("path", COMMANDS, ids=IDS)
def test_every_command_has_its_help_in_the_catalogs(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    assert isinstance(command, Command | Group)
    keys = [command.help, *(getattr(param, "help", "") for param in command.params)]
    keys += [param.metavar for param in command.params if param.metavar]
    hidden = [param for param in command.params if getattr(param, "hidden", False)]
    assert [key for key in keys if key not in patterns(ENGLISH)] == [None] * len(hidden)


@pytest.mark.parametrize("path", COMMANDS, ids=IDS)
def test_the_help_is_german_where_the_locale_is(path: tuple[str, ...]) -> None:
    english, german = (prose(help_of(path, each)) for each in ("C", "de_DE.UTF-8"))
    assert german.startswith("Aufruf: ")
    sentences = re.split(r"(?<=[.!?])\s", english)
    shared = [each for each in sentences if len(each.split()) > 2 and each in german]
    assert shared == []


@pytest.mark.parametrize("path", COMMANDS, ids=IDS)
def test_no_text_of_the_help_stands_outside_the_catalogs(path: tuple[str, ...]) -> None:
    said = help_of(path, "en_XA.UTF-8")
    names = {word for path in COMMANDS for name in path for word in name.split("-")}
    defaults = {"root", "main", "demo"}
    plain = set(re.findall(r"(?<![\w-])[A-Za-z]{3,}(?![\w])", re.sub(r"--[a-z-]+", "", said)))
    assert {word for word in plain if word.lower() not in names | defaults} <= {"UTC"}
    assert "⟦" in said


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_AT@euro"}, "de"),
        ({"LANG": "uk_UA.UTF-8", "LC_MESSAGES": "de_DE"}, "de"),
        ({"LANG": "de_DE", "LC_MESSAGES": "de_DE", "LC_ALL": "uk"}, "uk"),
        ({"LANG": "de_DE", "LC_ALL": ""}, "de"),
        ({"LANG": "de_DE", "LC_ALL": "C.UTF-8"}, ENGLISH),
        ({"LANG": "fr_FR.UTF-8"}, ENGLISH),
        ({"LANG": "POSIX"}, ENGLISH),
        ({"LANG": "en_XA.UTF-8"}, LONGER),
        ({}, ENGLISH),
    ],
)
def test_the_language_of_a_locale(environment: Mapping[str, str], language: str) -> None:
    assert language_of(environment) == language


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("serve", "DAYLINE_DATABASE_URL ist nicht gesetzt. `dayline up` startet eigene Server"),
        ("fly", "Den Befehl fly gibt es nicht. `dayline --help` nennt alle."),
        ("", "Gib einen Befehl an. `dayline --help` nennt alle."),
        ("import", "Gib einen Befehl an. `dayline import --help` nennt alle."),
        ("up --colour red", "Die Option --colour gibt es nicht. `dayline up --help`"),
        ("up --host", "--host braucht einen Wert."),
        ("up --port many", "--port: Gib eine ganze Zahl ein."),
        ("backup", "Gib DATEI an. `dayline backup --help` sagt mehr."),
        ("backup a b", "Lass b weg. `dayline backup --help` sagt, was dieser Befehl annimmt."),
        ("replay slack x.zip --json=1", "--json nimmt keinen Wert an."),
        ("replay slack none.zip", "none.zip kann nicht gelesen werden. Diese Datei oder"),
        ("worktime due --zone UTC", "Gib --weekly an."),
    ],
)
def test_what_is_wrong_is_said_in_german_on_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str, sentence: str
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    for variable in ("DAYLINE_DATABASE_URL", "DAYLINE_REDIS_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(sys, "argv", ["dayline", *line.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert said.err.startswith(f"dayline: {sentence}")
    assert said.err.endswith(".\n")
    assert said.err.count("\n") == 1


def test_a_fault_keeps_its_phrase_for_the_language_of_the_operator() -> None:
    fault = Fault(Phrase("commands.no-file", file="a.zip"))
    assert str(fault) == "There’s no file a.zip."
    assert render(fault.phrase, "de") == "Die Datei a.zip gibt es nicht."


def test_no_sentence_for_the_operator_stands_in_the_code() -> None:
    found = [place for file in speaking() for place in sentences_in(file)]
    assert found == []


def test_a_sentence_in_the_code_would_be_found(tmp_path: Path) -> None:
    file = tmp_path / "odd.py"
    file.write_text('"""A docstring of words."""\nraise Fault(f"{x} is not a folder here.")\n')
    assert [line for _, line, _ in sentences_in(file)] == [2]


def test_only_one_place_prints() -> None:
    printing = {
        file.relative_to(SOURCE).as_posix()
        for file in (SOURCE / "cli").rglob("*.py")
        if re.search(r"\b(typer\.echo|(?<!\.)print|sys\.std(out|err)\.write)\(", file.read_text())
    }
    assert printing == {"cli/speech.py", "cli/main.py"}


def speaking() -> Iterator[Path]:
    for name in SPEAKING:
        place = SOURCE / name
        files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        yield from (file for file in files if file.relative_to(SOURCE).as_posix() not in _OTHERS)


def sentences_in(file: Path) -> Iterator[tuple[str, int, str]]:
    """Texts of three words or more in the code, which are neither docstrings nor for programs."""
    tree = ast.parse(file.read_text("utf-8"))
    skipped = {id(part) for node in ast.walk(tree) for part in not_said(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        is_text = _WORDS.search(node.value) and not _NOT_SAID.search(node.value)
        if id(node) not in skipped and is_text and node.value not in _FOR_PROGRAMS:
            yield file.name, node.lineno, node.value


def not_said(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a statement that nobody reads: docstrings, and errors of programmers."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _RAISED_FOR_PROGRAMMERS:
        yield from ast.walk(node)
