"""Files of test cases with known answers: a JSON list of cases.

A case has an `id`, an `op` (add, between, is_working or next_working), a `tz`, `weekly` hours,
`closed` local intervals, optionally an `override` of dates, a `start`, the `duration_s` for add or
the `end` for between, and the `expected` answer. Its `source` says where it comes from.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, ValidationError
from pydantic_core import ErrorDetails

from dayline.core.phrase import Phrase, Refused
from dayline.core.schedule import LocalInterval, Schedule, Shift, Week, always, read_shift
from dayline.core.worktime import Calendar, NoWorkingTime, epoch, moment
from dayline.kernel.http.reasons import reason_of
from dayline.kernel.ops.fault import Fault, reason_of_error
from dayline.kernel.schemas import Input, Instant
from dayline.kernel.text.zones import ZoneName


def _shift(ends: object) -> Shift:
    match ends:
        case [str(start), str(end)]:
            return read_shift(start, end)
    raise Refused(Phrase("fields.two-times"))


def _closed(ends: object) -> LocalInterval:
    match ends:
        case [str(start), str(end)]:
            interval = datetime.fromisoformat(start), datetime.fromisoformat(end)
            if not any(wall.tzinfo for wall in interval) and interval[0] <= interval[1]:
                return interval
    raise Refused(Phrase("fields.two-local-times"))


Hours = tuple[Annotated[Shift, BeforeValidator(_shift)], ...]
Answer = datetime | int


class Weekly(Input):
    """The hours of each day of the week."""

    mon: Hours = ()
    tue: Hours = ()
    wed: Hours = ()
    thu: Hours = ()
    fri: Hours = ()
    sat: Hours = ()
    sun: Hours = ()

    def week(self) -> Week:
        """The hours of the days from Monday to Sunday."""
        return self.mon, self.tue, self.wed, self.thu, self.fri, self.sat, self.sun


class Case(Input):
    """The fields of every case. `answer` computes the value to compare with `expected`."""

    id: str
    source: str = ""
    tz: ZoneName
    weekly: Weekly
    closed: tuple[Annotated[LocalInterval, BeforeValidator(_closed)], ...]
    override: dict[date, Hours] = Field(default_factory=dict)
    op: Literal["add", "between", "is_working", "next_working"]
    start: Instant
    expected: Answer

    def answer(self) -> Answer:
        """The answer that Dayline computes. Raises NoWorkingTime."""
        raise NotImplementedError

    def calendar(self) -> Calendar:
        """The calendar of the case."""
        return Calendar(
            Schedule(
                zone=ZoneInfo(self.tz),
                weeks=always(self.weekly.week()),
                overrides=self.override,
                closed=self.closed,
            )
        )


class AddCase(Case):
    """The instant at which `duration_s` of working time has passed."""

    op: Literal["add"]
    duration_s: Annotated[StrictInt, Field(ge=0)]
    expected: Instant

    def answer(self) -> datetime:
        """The instant. Raises NoWorkingTime."""
        return moment(self.calendar().add(epoch(self.start), self.duration_s))


class BetweenCase(Case):
    """The seconds of working time between two instants."""

    op: Literal["between"]
    end: Instant
    expected: StrictInt

    def answer(self) -> int:
        """The working time in seconds."""
        return self.calendar().between(epoch(self.start), epoch(self.end))


class IsWorkingCase(Case):
    """Whether an instant is working time."""

    op: Literal["is_working"]
    expected: StrictBool

    def answer(self) -> bool:
        """Whether the instant is in working time."""
        return self.calendar().is_working(epoch(self.start))


class NextWorkingCase(Case):
    """The first instant of working time at or after an instant."""

    op: Literal["next_working"]
    expected: Instant

    def answer(self) -> datetime:
        """The instant. Raises NoWorkingTime."""
        return moment(self.calendar().next_working(epoch(self.start)))


_KINDS: dict[str, type[Case]] = {
    "add": AddCase,
    "between": BetweenCase,
    "is_working": IsWorkingCase,
    "next_working": NextWorkingCase,
}


def read_cases(file: Path) -> list[Case]:
    """The cases in a file. Raises Fault."""
    try:
        held = json.loads(file.read_text("utf-8"))
    except OSError as error:
        reason = reason_of_error(error)
        raise Fault(Phrase("commands.file-unreadable", file=str(file), reason=reason)) from None
    except (ValueError, RecursionError):
        raise Fault(Phrase("commands.file-not-json", file=str(file))) from None
    if not isinstance(held, list):
        raise Fault(Phrase("commands.cases-not-a-list", file=str(file)))
    return [read_case(case, place) for place, case in enumerate(held, start=1)]


def read_case(held: Any, place: int = 1) -> Case:
    """Parse one case. Raises a Fault that names it by its id, or else by its position."""
    if not isinstance(held, dict):
        raise Fault(Phrase("commands.case-not-an-object", place=str(place)))
    try:
        return _KINDS.get(str(held.get("op")), Case).model_validate(held)
    except ValidationError as error:
        raise Fault(_wrong(held.get("id"), place, error.errors()[0])) from None


def mismatch(case: Case) -> str | None:
    """A line that says how the answer differs from the expected one, or None if it doesn't."""
    try:
        found = case.answer()
    except NoWorkingTime:
        return f"{case.id} {case.op}: expected {_shown(case.expected)}, got no working time"
    if found == case.expected:
        return None
    return f"{case.id} {case.op}: expected {_shown(case.expected)}, got {_shown(found)}"


def _wrong(case_id: object, place: int, error: ErrorDetails) -> Phrase:
    field, reason = ".".join(str(step) for step in error["loc"]), reason_of(error)
    if isinstance(case_id, str):
        return Phrase("commands.case-by-id", id=case_id, field=field, reason=reason)
    return Phrase("commands.case-by-place", place=str(place), field=field, reason=reason)


def _shown(answer: Answer) -> str:
    if isinstance(answer, datetime):
        return answer.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return str(answer).lower()
