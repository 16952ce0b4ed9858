"""Request and response schemas of Today."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from dayline.calendars.schemas import Moment, TwoClocks
from dayline.context.places import DecisionLine, ProjectLine, TaskLine, TopicLine
from dayline.kernel.schemas import Input, Output
from dayline.references.schemas import ReferenceCard, ReferenceWanted
from dayline.timers.schemas import TimerOut

MOST_LINES = 100
MOST_SPANS = 10
MOST_GROUPS = 50
MOST_EVENTS = 5000
MOST_SEQ = 2**63 - 1


class Person(Output):
    """A member, as far as a line names them."""

    id: UUID
    handle: str
    name: str


class Span(Output):
    """From one instant until another."""

    start: datetime
    end: datetime


class Countdown(Output):
    """The time that is left to answer, which runs while the recipient works."""

    left_s: int = Field(description="Seconds of working time that are left.")
    runs_from: TwoClocks | None = Field(
        description="Since when it runs, or when it runs on: now where it runs. Null where it "
        "does not: paused, breached, or nothing is left to count before a promise."
    )
    spans: list[Span] = Field(
        description=f"The working time that is still to count: its next {MOST_SPANS} intervals."
    )


class AskLine(Output):
    """An answer that somebody waits for."""

    timer: TimerOut
    excerpt: str = Field(description="The beginning of the message, as plain text.")
    author: Person
    recipient: Person
    topic: TopicLine
    task: TaskLine | None
    decision: DecisionLine | None
    project: ProjectLine | None = Field(description="Null in direct topics.")
    due: TwoClocks | None
    overdue_since: TwoClocks | None = Field(
        description="If it was handed over: since when the answer before was overdue."
    )
    countdown: Countdown


class SignatureOwed(Output):
    """A version of the agreement that you have not signed."""

    version: int
    title: str
    in_force_from: datetime


class DecisionMade(Output):
    """A decision that was made, and of which something is left to you."""

    decision: DecisionLine
    project: ProjectLine
    decided_by: Person | None = Field(description="Null in an imported one.")
    decided_at: datetime | None = Field(description="Null in an imported one.")
    review_on: date | None


class NewsLine(Output):
    """What others did with one thing since you looked: a topic, a project, or the workspace."""

    topic: TopicLine | None = Field(
        description="The topic, with its task or its decision where it has one."
    )
    task: TaskLine | None
    decision: DecisionLine | None
    project: ProjectLine | None = Field(description="With no topic: the project itself.")
    events: int
    kinds: Mapping[str, int] = Field(
        description="How often what happened.", examples=[{"message.posted": 2, "task.changed": 1}]
    )
    actor_ids: list[UUID] = Field(description="Who did it, the latest first.")
    latest_kind: str
    latest_at: datetime


class News(Output):
    """What others did since you looked, the latest first."""

    looked_at: datetime | None = Field(description="When you last said that you had looked.")
    seq: int = Field(description="Up to which event this tells: send it when you have looked.")
    is_cut: bool = Field(description="Whether older news was left out.")
    lines: list[NewsLine]
    lines_total: int


class TodayOut(Output):
    """What waits for you, what you wait for, and what changed."""

    now: Moment = Field(description="On your own clock, and on the team's.")
    day_ends_at: datetime = Field(description="When your date changes, and with it the words.")
    is_working: bool
    next_first_check: Moment | None = Field(
        description="When you look again: your next start, or after a day that has begun the "
        "next day's. Null: you have no working time within five years."
    )
    signatures: list[SignatureOwed]
    decisions_to_read: list[DecisionMade] = Field(
        description="Records of decisions for which you were asked, until you confirm that you "
        "have read them: the earliest first."
    )
    reviews_due: list[DecisionMade] = Field(
        description="Decisions that you made or proposed, and whose day of review has come."
    )
    references_wanted: list[ReferenceWanted] = Field(
        description="What you explained so often that it is worth writing down; in your hours."
    )
    references_due: list[ReferenceCard] = Field(
        description="References of yours that are marked stale or to be looked at again."
    )
    needs_you: list[AskLine] = Field(description="By when they are due; paused ones last.")
    needs_you_total: int
    waiting_for: list[AskLine] = Field(description="What you asked others, in the same order.")
    waiting_for_total: int
    since_you_left: News


class LookIn(Input):
    """How far you have looked."""

    seq: int = Field(
        strict=True, ge=0, le=MOST_SEQ, description="The `seq` of what you were shown."
    )


class LookOut(Output):
    """How far you have looked."""

    seq: int
    looked_at: datetime
