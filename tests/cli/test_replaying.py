"""`dayline replay slack`: its tables, its JSON, and what it refuses."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dayline.cli.main import main
from tests.transfer.slack.archives import Archive, team

AGREEMENT = """\
# Ours

| Type | Answer time |
|---|---|
| Project discussion | 30 minutes |
"""

TABLES = """\
team.zip: 5 messages from 4 people in 1 channel, 18 May 2026 to 19 May 2026.
Answer times: Project discussion 4 h, in the recipient’s working time.

 Outcome             Asks  Kept  Late  Never  Open  Kept %
 ─────────────────────────────────────────────────────────
 All                    3     1     0      1     1    50.0
 Questions              1     1     0      0     0   100.0

 Project discussion     3     1     0      1     1    50.0

 May 2026               3     1     0      1     1    50.0


 Working time to answer  Median     p90  Real median  Outside hours
 ──────────────────────────────────────────────────────────────────
 All                     10 min  10 min       10 min              1
 Questions               10 min  10 min       10 min              0

 Project discussion      10 min  10 min       10 min              1

 May 2026                10 min  10 min       10 min              1

1 of 3 asks came outside the recipient’s working hours.
Working hours: 3 people (2 asks) from their time zone and 1 person (1 ask) by
default. The default time zone is UTC.
A call would have been suggested in 0 of 1 topic.
Left out: 1 notice.
Note: general/2026-05-18.json, entry 6: UGONE isn’t in the list of users.
"""


@dataclass
class Done:
    code: object
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `dayline replay slack` in this process, in a terminal of so many columns."""

    def run(*arguments: object, columns: int = 80) -> Done:
        command = ["dayline", "replay", "slack", *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", command)
        monkeypatch.setenv("COLUMNS", str(columns))
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Done(ended.value.code, said.out, said.err)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """One ask kept, one lost, and one open when the export ends."""
    return asked().write(tmp_path)


def asked() -> Archive:
    archive = team()
    archive.say("UOLENA", "2026-05-18T10:00:00Z", "<@USAM>, is it ready?")
    archive.say("USAM", "2026-05-18T10:10:00Z", "Yes.")
    archive.say("UOLENA", "2026-05-18T11:00:00Z", "<@UAIKO>, thanks.")
    archive.say("USAM", "2026-05-18T11:30:00Z", "has joined", subtype="channel_join")
    archive.say("UOLENA", "2026-05-18T11:40:00Z", "Well.")
    archive.say("UOLENA", "2026-05-19T08:00:00Z", "<@UGONE>, ready.")
    return archive


def plain(text: str) -> str:
    """The text without the spaces at the ends of its lines."""
    return "\n".join(line.rstrip() for line in text.split("\n"))


def refusal(done: Done) -> str:
    """The one sentence with which a command ended."""
    assert (done.code, done.out) == (2, "")
    sentence = done.err.removesuffix("\n")
    assert "\n" not in sentence
    return sentence.removeprefix("dayline: ")


def test_people_read_tables(run: Run, file: Path) -> None:
    done = run(file)
    assert (done.code, done.err) == (0, "")
    assert plain(done.out) == TABLES


def test_the_tables_speak_the_language_of_the_locale(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    said = plain(run(file).out)
    assert "5 Nachrichten von 4 Personen in 1 Kanal, 18. Mai 2026 bis 19. Mai" in said
    assert " Projektdiskussion         3          1        0    1      1         50,0\n" in said
    assert " Mai 2026                     10 Min.  10 Min." in said
    assert json.loads(run(file, "--json").out)["findings"] == [
        "general/2026-05-18.json, entry 6: UGONE isn’t in the list of users."
    ]


def test_programs_read_json(run: Run, file: Path) -> None:
    figures: dict[str, Any] = {
        "asks": 3,
        "kept_share": 0.5,
        "kept": 1,
        "late": 0,
        "lost": 1,
        "open": 1,
        "outside_working_time": 1,
        "outside_working_day": 1,
        "working_median_s": 600,
        "working_p90_s": 600,
        "real_median_s": 600,
        "real_p90_s": 600,
    }
    question = {"asks": 1, "kept_share": 1.0, "lost": 0, "open": 0}
    inside = {"outside_working_time": 0, "outside_working_day": 0}
    expected = {
        "file": "team.zip",
        "messages": 5,
        "people": 4,
        "channels": 1,
        "topics": 1,
        "first_message_at": "2026-05-18T10:00:00Z",
        "last_message_at": "2026-05-19T08:00:00Z",
        "zone": "UTC",
        "allowances_s": {
            "task_comment": 14400,
            "project_update": 14400,
            "project_discussion": 14400,
            "direct_message": 7200,
            "urgent": 3600,
            "decision_input": 28800,
            "decision_outcome": 28800,
        },
        "hours": {
            "zone": {"people": 3, "asks": 2},
            "inferred": {"people": 0, "asks": 0},
            "default": {"people": 1, "asks": 1},
        },
        "total": figures,
        "questions": figures | question | inside,
        "by_kind": [{"kind": "project_discussion", **figures}],
        "by_month": [{"month": "2026-05", **figures}],
        "calls_suggested": 0,
        "skipped": {"notices": 1, "deleted": 0, "duplicates": 0, "no_author": 0},
        "findings": ["general/2026-05-18.json, entry 6: UGONE isn’t in the list of users."],
    }
    done = run(file, "--json")
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    assert found == expected
    assert list(found) == list(expected)


def test_an_agreement_of_ones_own_gives_the_windows(run: Run, file: Path, tmp_path: Path) -> None:
    agreement = tmp_path / "agreement.md"
    agreement.write_text(AGREEMENT, "utf-8")
    found = json.loads(run(file, "--agreement", agreement, "--json").out)
    allowances = found["allowances_s"]
    assert (allowances["project_discussion"], allowances["direct_message"]) == (1800, 7200)
    assert (found["total"]["kept"], found["total"]["lost"]) == (1, 1)


def test_a_zone_is_that_of_those_who_have_none(run: Run, file: Path) -> None:
    found = json.loads(run(file, "--zone", "Asia/Tokyo", "--json").out)
    assert found["zone"] == "Asia/Tokyo"
    assert found["total"]["outside_working_time"] == 1  # 08:00Z is 17:00 there


def test_nobody_asked_anybody(run: Run, tmp_path: Path) -> None:
    done = run(team().write(tmp_path))
    assert done.code == 0
    assert plain(done.out).startswith("team.zip: 0 messages from 3 people.\nNo one asked anyone.\n")
    assert "0 of 0 asks" in done.out


def test_it_fits_a_narrow_terminal(run: Run, file: Path) -> None:
    lines = run(file, columns=44).out.split("\n")
    assert max(map(len, lines)) <= 44
    assert any(line.split()[:2] == ["May", "3"] for line in lines)


def test_more_notes_than_people_read_are_counted(run: Run, tmp_path: Path) -> None:
    archive = asked()
    for number in range(7):
        archive.say(f"UX{number}", f"2026-05-18T12:0{number}:00Z", "Hello")
    done = run(archive.write(tmp_path))
    assert done.out.count("Note: ") == 5
    assert "3 more notes. `--json` shows them all." in done.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("none.zip",), "none.zip can’t be read. There’s no such file or folder."),
        (("{file}", "--zone", "Mars"), "--zone: Mars isn’t a time zone. Use one like "),
        (
            ("{file}", "--agreement", "none.md"),
            "none.md can’t be read. There’s no such ",
        ),
        (("{file}", "--agreement", "{file}"), "{file} isn’t a text file."),
        (("{bad}",), "bad.zip: users.json, entry 1: The field id is missing."),
    ],
)
def test_what_is_wrong_is_one_sentence(
    run: Run, file: Path, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    broken = Archive()
    broken.users.append({})
    (tmp_path / "other").mkdir()
    bad = broken.write(tmp_path / "other").rename(tmp_path / "bad.zip")
    given = [argument.format(file=file, bad=bad) for argument in arguments]
    assert refusal(run(*given)).startswith(sentence.format(file=file))


def test_a_wrong_agreement_is_named_by_file_and_line(run: Run, file: Path, tmp_path: Path) -> None:
    agreement = tmp_path / "agreement.md"
    agreement.write_text(AGREEMENT.replace("30 minutes", "soon"), "utf-8")
    reason = "Line 5: soon isn’t a length of time. Use one like 1 hour 30 minutes."
    assert refusal(run(file, "--agreement", agreement)) == f"{agreement}: {reason}"


def test_it_starts_without_what_only_a_server_needs(file: Path) -> None:
    loaded = (
        "import sys; from dayline.cli.main import app; "
        f"app(['replay', 'slack', {str(file)!r}, '--json'], standalone_mode=False); "
        "print(sorted({'sqlalchemy', 'fastapi', 'asyncpg', 'rich.console'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", loaded], check=True, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
