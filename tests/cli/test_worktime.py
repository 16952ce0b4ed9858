"""`dayline worktime`: known answers checked, and a person's question answered."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dayline.cli.main import main

ORACLE = Path(__file__).parents[1] / "core" / "worktime.json"
CASE = {
    "id": "o1",
    "op": "add",
    "tz": "Europe/Kyiv",
    "weekly": {"mon": [["09:00", "18:00"]]},
    "closed": [],
    "start": "2026-05-18T06:00:00Z",
    "duration_s": 3600,
    "expected": "2026-05-18T07:00:00Z",
    "source": "here",
}
KYIV = ("due", "--zone", "Europe/Kyiv", "--weekly", "mon-fri 09:00-18:00")


@dataclass
class Done:
    code: object
    out: str
    err: str

    def is_refused(self, *words: str) -> bool:
        """Whether it ended with exit code 2 and one sentence that holds all words."""
        sentence = self.err.strip()
        one_line = "\n" not in sentence and sentence.endswith(".") and self.out == ""
        return self.code == 2 and one_line and all(word in sentence for word in words)


Run = Callable[..., Done]
Check = Callable[[Any], Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `dayline worktime` in this process."""

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["dayline", "worktime", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Done(ended.value.code, said.out, said.err)

    return run


@pytest.fixture
def check(run: Run, tmp_path: Path) -> Check:
    """Check a file that holds this."""

    def check(held: Any) -> Done:
        file = tmp_path / "cases.json"
        file.write_text(held if isinstance(held, str) else json.dumps(held))
        return run("check", str(file))

    return check


class TestCheck:
    def test_all_known_answers_are_found(self, run: Run) -> None:
        done = run("check", str(ORACLE))
        assert (done.code, done.out) == (0, "789 passed, 0 failed\n")

    def test_each_mismatch_is_named(self, check: Check) -> None:
        between = {"op": "between", "end": "2026-05-18T08:00:00Z", "expected": 1}
        asks = {key: value for key, value in CASE.items() if key != "duration_s"}
        done = check(
            [
                CASE,
                CASE | {"id": "o2", "expected": "2026-05-18T10:00:00+02:00"},
                asks | between | {"id": "o3"},
                asks | {"id": "o4", "op": "is_working", "expected": False},
                asks | {"id": "o5", "op": "next_working"},
                CASE | {"id": "o6", "weekly": {}},
            ]
        )
        assert done.code == 1
        assert done.out.splitlines() == [
            "o2 add: expected 2026-05-18T08:00:00Z, got 2026-05-18T07:00:00Z",
            "o3 between: expected 1, got 7200",
            "o4 is_working: expected false, got true",
            "o5 next_working: expected 2026-05-18T07:00:00Z, got 2026-05-18T06:00:00Z",
            "o6 add: expected 2026-05-18T07:00:00Z, got no working time",
            "1 passed, 5 failed",
        ]

    def test_an_override_replaces_its_date(self, check: Check) -> None:
        override = {"2026-05-18": [["10:00", "11:00"]]}
        assert check([CASE | {"override": override, "expected": "2026-05-18T08:00:00Z"}]).code == 0

    def test_no_case_is_no_failure(self, check: Check) -> None:
        assert check([]).out == "0 passed, 0 failed\n"

    @pytest.mark.parametrize("field", sorted(set(CASE) - {"id", "source"}))
    def test_a_missing_field_is_named_with_its_case(self, check: Check, field: str) -> None:
        case = {key: value for key, value in CASE.items() if key != field}
        assert check([CASE, case | {"id": "o2"}]).is_refused("Case o2", f"{field}: Required.")

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"tz": "Mars/Base"}, ("tz: Pick a time zone",)),
            ({"tz": 3}, ("tz: Must be text.",)),
            ({"op": "subtract"}, ("op", "add, between")),
            ({"weekly": {"monday": []}}, ("weekly.monday: This field isn’t supported here.",)),
            ({"weekly": {"mon": [["09:00"]]}}, ("weekly.mon.0: Enter two times",)),
            ({"weekly": {"mon": [["9", "10:00"]]}}, ("weekly.mon.0", "9 isn’t a time of day")),
            ({"weekly": []}, ("weekly",)),
            ({"closed": [["2026-05-18", "2026-05-17"]]}, ("closed.0: Enter two local times",)),
            ({"closed": [["x", "y"]]}, ("closed.0: This value isn’t valid here.",)),
            (
                {"closed": [["2026-05-18T00:00Z", "2026-05-19T00:00Z"]]},
                ("closed.0: Enter two local times",),
            ),
            ({"override": {"May": []}}, ("override.May",)),
            ({"start": "2026-05-18T09:00:00"}, ("start", "with its offset")),
            ({"start": 1}, ("start", "with its offset")),
            ({"duration_s": -1}, ("duration_s", "at least 0")),
            ({"duration_s": 1.5}, ("duration_s", "whole number")),
            ({"expected": True}, ("expected", "time with its offset")),
            ({"end": "2026-05-18T09:00:00Z"}, ("end: This field isn’t supported here.",)),
            ({"overide": {}}, ("overide: This field isn’t supported here.",)),
        ],
    )
    def test_what_is_wrong_is_named_with_its_case(
        self, check: Check, wrong: dict[str, Any], words: tuple[str, ...]
    ) -> None:
        assert check([CASE, CASE | {"id": "o2"} | wrong]).is_refused("Case o2:", *words)

    def test_a_case_without_an_id_is_named_by_its_place(self, check: Check) -> None:
        nameless = {key: value for key, value in CASE.items() if key != "id"}
        assert check([CASE, nameless]).is_refused("Case number 2", "id: Required.")
        assert check([CASE, CASE, 7]).is_refused("Case number 3 isn’t an object")

    @pytest.mark.parametrize(
        ("held", "words"),
        [
            ("{", ("isn’t valid JSON",)),
            ("", ("isn’t valid JSON",)),
            ("[" * 100_000, ("isn’t valid JSON",)),
            ("{}", ("isn’t a list",)),
        ],
    )
    def test_another_file_is_refused(self, check: Check, held: str, words: tuple[str, ...]) -> None:
        assert check(held).is_refused("cases.json", *words)

    def test_an_unreadable_file_is_refused(self, run: Run, tmp_path: Path) -> None:
        assert run("check", str(tmp_path)).is_refused(str(tmp_path), "can’t be read. It’s a")
        gone = str(tmp_path / "gone.json")
        assert run("check", gone).is_refused(gone, "can’t be read. There’s no such file")


class TestDue:
    def test_it_answers_with_what_it_counted(self, run: Run) -> None:
        done = run(*KYIV, "--start", "2026-05-22T17:30", "--hours", "4")
        assert done.code == 0
        assert done.out.splitlines() == [
            "Due 2026-05-25 12:30 +03:00 in Europe/Kyiv (2026-05-25T09:30:00Z)",
            "4 h of working time after 2026-05-22 17:30 +03:00",
            "Counted:",
            "- 2026-05-22 17:30 +03:00 to 2026-05-22 18:00 +03:00: 30 min",
            "- 2026-05-25 09:00 +03:00 to 2026-05-25 12:30 +03:00: 3 h 30 min",
        ]

    def test_days_off_and_other_hours(self, run: Run) -> None:
        done = run(
            *("due", "--zone", "Europe/Kyiv", "--hours", "4.51", "--start", "2026-10-23 17:30"),
            *("--weekly", "Mon-Fri 09:00-13:00, 14:00-18:00; sat, sun 10:00-12:00"),
            *("--closed", "2026-10-25", "--closed", "2026-10-27T09:00/2026-10-27T10:15"),
            *("--override", "2026-10-26 10:00-11:00"),
        )
        assert [line.strip() for line in done.out.splitlines()[3:]] == [
            "- 2026-10-23 17:30 +03:00 to 2026-10-23 18:00 +03:00: 30 min",
            "- 2026-10-24 10:00 +03:00 to 2026-10-24 12:00 +03:00: 2 h",
            "- 2026-10-26 10:00 +02:00 to 2026-10-26 11:00 +02:00: 1 h",
            "- 2026-10-27 10:15 +02:00 to 2026-10-27 11:15:36 +02:00: 1 h 36 s",
        ]

    @pytest.mark.parametrize(
        ("start", "reached"),
        [
            ("2026-05-22T14:30Z", "Due 2026-05-25 12:30 +03:00"),
            ("2026-10-25T03:30+02:00", "Due 2026-10-26 13:00 +02:00"),
            ("2026-05-23", "Due 2026-05-25 13:00 +03:00"),
        ],
    )
    def test_the_start_may_have_an_offset(self, run: Run, start: str, reached: str) -> None:
        assert reached in run(*KYIV, "--start", start, "--hours", "4").out

    def test_a_week_may_begin_on_any_day(self, run: Run) -> None:
        done = run(
            *("due", "--zone", "Asia/Riyadh", "--weekly", "sun-thu 09:00-17:00"),
            *("--start", "2026-05-21T16:00", "--hours", "2"),
        )
        assert "Due 2026-05-24 10:00 +03:00 in Asia/Riyadh" in done.out

    def test_no_time_counts_nothing(self, run: Run) -> None:
        done = run(*KYIV, "--start", "2026-05-23T10:00", "--hours", "0")
        assert "0 s of working time" in done.out
        assert "2026-05-23 10:00" in done.out.splitlines()[1]
        assert "Counted" not in done.out

    @pytest.mark.parametrize(
        ("option", "value", "words"),
        [
            ("--zone", "Mars/Base", ("--zone", "Mars/Base", "time zone")),
            ("--weekly", "", ("--weekly needs days",)),
            ("--weekly", "mon-fri", ("--weekly needs days",)),
            ("--weekly", "09:00-18:00", ("09:00-18:00 isn’t a day",)),
            ("--weekly", "mon-fry 09:00-18:00", ("mon-fry isn’t a day",)),
            ("--weekly", "mon 09:00-25:00", ("--weekly", "25:00 isn’t a time of day")),
            ("--weekly", "mon 09:00-18:00 tue", ("--weekly needs days",)),
            ("--start", "yesterday", ("--start", "yesterday")),
            ("--start", "2026-03-29T03:30", ("Europe/Kyiv skips 2026-03-29T03:30",)),
            ("--start", "2026-10-25T03:30", ("twice", "+03:00 or +02:00")),
            ("--start", "0001-01-01T00:00", ("--start", "years 1900 to 9000")),
            ("--hours", "-1", ("--hours", "between 0 and")),
            ("--hours", "nan", ("--hours", "between 0 and")),
            ("--hours", "four", ("--hours", "Enter a number")),
            ("--hours", "40000", ("too little working time", "2026-05-22 17:30 +03:00")),
            ("--closed", "Monday", ("--closed", "Monday")),
            ("--closed", "2026-05-25/2026-05-20", ("--closed", "ends before it starts")),
            ("--closed", "2026-05-25T10:00Z/2026-05-25T11:00Z", ("--closed", "has an offset")),
            ("--closed", "2026-05-25T10:00", ("--closed", "2026-05-25T10:00")),
            ("--override", "", ("--override needs a date",)),
            ("--override", "2026-05-25", ("--override needs a date and its hours",)),
            ("--override", "2026-05-25 late", ("--override", "late isn’t hours")),
        ],
    )
    def test_what_is_wrong_is_said_in_a_sentence(
        self, run: Run, option: str, value: str, words: tuple[str, ...]
    ) -> None:
        given = ("--start", "2026-05-22T17:30", "--hours", "4", option, value)
        assert run(*KYIV, *given).is_refused(*words)

    def test_a_week_without_days_has_no_answer(self, run: Run) -> None:
        given = ("--start", "2026-05-22T17:30", "--hours", "4", "--closed", "2026-05-01/2040-01-01")
        assert run(*KYIV, *given).is_refused("too little working time", "2026-05-22 17:30")

    def test_a_date_off(self, run: Run) -> None:
        given = ("--start", "2026-05-22T17:30", "--hours", "4", "--override", "2026-05-25 off")
        assert "Due 2026-05-26 12:30" in run(*KYIV, *given).out

    def test_a_missing_option_is_named(self, run: Run) -> None:
        assert run("due", "--zone", "UTC").is_refused("--weekly")
