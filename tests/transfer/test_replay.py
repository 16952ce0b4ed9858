"""Exports replayed: worked answers to what is asked, answered, kept and counted."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayline.agreements.default import ALLOWANCES
from dayline.calendars.times import OFFICE_HOURS, week_of
from dayline.core.agreement import ClauseKind
from dayline.transfer.replay import Replay, Verdict, percentile, replay, verdicts
from dayline.transfer.slack.archive import read
from dayline.transfer.slack.hours import hours_of
from dayline.transfer.slack.past import past_of
from tests.transfer.slack.archives import Archive, team

OFFICE = week_of(OFFICE_HOURS)
END = "2026-06-30T12:00:00Z"

Judge = Callable[..., list[Verdict]]
Replayed = Callable[..., Replay]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """What became of the asks of an archive, whose last message is much later."""

    def judge(archive: Archive, ends: str = END) -> list[Verdict]:
        archive.say("UOLENA", ends, "The end.", thread="1.0")
        export = read(archive.write(tmp_path))
        return verdicts(past_of(export, hours_of(export, "UTC", OFFICE)), ALLOWANCES)

    return judge


@pytest.fixture
def replayed(tmp_path: Path) -> Replayed:
    """The figures of an archive."""

    def replayed(archive: Archive, zone: str = "UTC") -> Replay:
        export = read(archive.write(tmp_path))
        past = past_of(export, hours_of(export, "UTC", OFFICE))
        return replay(past, ALLOWANCES, ZoneInfo(zone))

    return replayed


def outcomes(found: list[Verdict]) -> list[tuple[str, str]]:
    return [(verdict.ask.recipient, verdict.outcome) for verdict in found]


def test_an_answer_in_the_thread_keeps_what_was_asked_in_it(judge: Judge) -> None:
    archive = team()
    root = archive.say("UOLENA", "2026-05-18T10:00:00Z", "<@USAM>?")
    archive.say("UOLENA", "2026-05-18T10:01:00Z", "<@USAM>, please", thread=root)
    archive.say("USAM", "2026-05-18T11:00:00Z", "Yes.", thread=root)
    in_channel, in_thread = judge(archive)
    assert (in_channel.outcome, in_thread.outcome) == ("lost", "kept")
    assert (in_thread.working_s, in_thread.real_s) == (59 * 60, 59 * 60)


def test_the_head_of_a_thread_is_a_part_of_it(judge: Judge) -> None:
    archive = team()
    at = "2026-05-18T10:00:00Z"
    root = archive.say("UOLENA", at, "<@USAM>?", thread="1779098400.000000")
    assert root == "1779098400.000000"
    archive.say("USAM", "2026-05-18T11:00:00Z", "Yes.", thread=root)
    assert outcomes(judge(archive)) == [("USAM", "kept")]


def test_outside_of_threads_only_what_is_outside_of_them_answers(judge: Judge) -> None:
    archive = team()
    archive.channel("C2", "other")
    archive.say("UOLENA", "2026-05-18T10:00:00Z", "<@USAM>?")
    archive.say("USAM", "2026-05-18T10:10:00Z", "In a thread.", thread="2.0")
    archive.say("USAM", "2026-05-18T10:20:00Z", "In another channel.", folder="other")
    archive.say("USAM", "2026-05-18T10:30:00Z", "Here.")
    assert [verdict.real_s for verdict in judge(archive)] == [30 * 60]


def test_a_reply_that_the_channel_sees_too_is_one_in_its_thread(judge: Judge) -> None:
    archive = team()
    archive.say("UOLENA", "2026-05-18T10:00:00Z", "<@USAM>?")
    shown = {"subtype": "thread_broadcast", "thread": "2.0"}
    archive.say("USAM", "2026-05-18T10:10:00Z", "Seen by all.", **shown)
    assert outcomes(judge(archive)) == [("USAM", "lost")]


def test_several_mentions_are_several_asks_and_ones_own_is_none(judge: Judge) -> None:
    archive = team()
    archive.say("UOLENA", "2026-05-18T10:00:00Z", "<@USAM> <@UOLENA> <@UAIKO> <@USAM>?")
    archive.say("UAIKO", "2026-05-18T10:10:00Z", "Me.")
    assert outcomes(judge(archive)) == [("USAM", "lost"), ("UAIKO", "kept")]


def test_nobody_is_asked_in_code_or_by_a_bot_and_no_bot_or_guest_is_asked(judge: Judge) -> None:
    archive = team()
    archive.user("UBOT", is_bot=True)
    archive.user("UGUS", is_restricted=True)
    archive.say("UOLENA", "2026-05-18T10:00:00Z", "`<@USAM>` <@UBOT> <@UGUS>")
    archive.say("UBOT", "2026-05-18T10:01:00Z", "<@USAM>, deployed.")
    archive.say("UGUS", "2026-05-18T10:02:00Z", "<@UAIKO>, a guest may ask.")
    assert outcomes(judge(archive)) == [("UAIKO", "lost")]


def test_an_edit_asks_whom_it_names_at_last_from_when_it_was_sent(judge: Judge) -> None:
    archive = team()
    edited = {"user": "UOLENA", "ts": "1779105600.000000"}
    archive.say("UOLENA", "2026-05-18T10:00:00Z", "<@UAIKO>", edited=edited)
    archive.say("UAIKO", "2026-05-18T10:30:00Z", "Before the edit.")
    (asked,) = judge(archive)
    assert (asked.outcome, asked.real_s) == ("kept", 30 * 60)


def test_who_left_since_was_asked_then(judge: Judge) -> None:
    archive = team()
    archive.user("UMEL", deleted=True)
    archive.say("UOLENA", "2026-05-18T10:00:00Z", "<@UMEL> <@UGONE>")
    assert outcomes(judge(archive)) == [("UMEL", "lost"), ("UGONE", "lost")]


@pytest.mark.parametrize(
    ("zone", "sent", "due"),
    [
        ("Europe/Kyiv", "2026-05-18T07:00:00Z", "2026-05-18T11:00:00Z"),
        ("Europe/Kyiv", "2026-05-18T13:00:00Z", "2026-05-19T09:00:00Z"),
        ("Europe/Kyiv", "2026-03-27T14:00:00Z", "2026-03-30T09:00:00Z"),
        ("Europe/Kyiv", "2026-10-23T13:00:00Z", "2026-10-26T10:00:00Z"),
        ("America/New_York", "2026-05-22T14:30:00Z", "2026-05-22T18:30:00Z"),
        ("Asia/Tokyo", "2026-05-22T14:30:00Z", "2026-05-25T04:00:00Z"),
    ],
)
@pytest.mark.parametrize("late_s", [0, 1])
def test_an_answer_is_kept_until_the_window_of_the_recipient_ends(
    judge: Judge, zone: str, sent: str, due: str, late_s: int
) -> None:
    archive = team()
    archive.user("UMEL", zone)
    archive.say("UOLENA", sent, "<@UMEL>?")
    archive.say("UMEL", due.replace(":00Z", f":0{late_s}Z"), "Yes.")
    (asked,) = judge(archive, "2026-12-31T00:00:00Z")
    assert asked.due_at.isoformat().replace("+00:00", "Z") == due
    assert asked.outcome == ("late" if late_s else "kept")
    assert asked.working_s == 4 * 3600 + late_s


def test_who_works_at_night_is_asked_at_night(judge: Judge) -> None:
    archive = team()
    archive.user("UMEL", None)
    for night in range(18, 23):
        for hour in range(24, 30):
            at = f"2026-05-{night + 1}T{hour - 24:02}:30:00Z"
            archive.say("UMEL", at, "Awake.", thread="3.0")
    archive.say("UOLENA", "2026-05-25T12:00:00Z", "<@UMEL>?", thread="4.0")
    archive.say("UMEL", "2026-05-26T02:00:00Z", "Good morning.", thread="4.0")
    (asked,) = judge(archive)
    assert asked.due_at.isoformat() == "2026-05-26T03:00:00+00:00"
    assert (asked.outcome, asked.working_s) == ("kept", 3 * 3600)
    assert not asked.in_working_time


@pytest.mark.parametrize(
    ("ends", "outcome"),
    [("2026-05-18T13:59:59Z", "open"), ("2026-05-18T14:00:00Z", "lost")],
)
def test_what_may_still_be_answered_when_the_export_ends_is_open(
    judge: Judge, ends: str, outcome: str
) -> None:
    archive = team()
    archive.say("UOLENA", "2026-05-18T10:00:00Z", "<@USAM>?")
    assert outcomes(judge(archive, ends)) == [("USAM", outcome)]


def test_a_direct_conversation_has_the_window_of_direct_messages(judge: Judge) -> None:
    archive = team()
    archive.lists["dms"] = [{"id": "D1", "members": ["UOLENA", "USAM"]}]
    archive.say("UOLENA", "2026-05-18T10:00:00Z", "<@USAM> <@UAIKO>?", folder="D1")
    archive.say("USAM", "2026-05-18T12:00:01Z", "Too late.", folder="D1")
    (asked,) = judge(archive)
    assert (asked.ask.recipient, asked.kind) == ("USAM", ClauseKind.DIRECT_MESSAGE)
    assert asked.outcome == "late"


def test_asks_outside_of_the_recipients_hours_are_counted(replayed: Replayed) -> None:
    archive = team()
    for at in ("2026-05-18T08:59:59Z", "2026-05-18T09:00:00Z", "2026-05-23T12:00:00Z"):
        archive.say("UOLENA", at, "<@USAM>?")
    total = replayed(archive).total
    assert (total.asks, total.outside_working_time, total.outside_working_day) == (3, 2, 2)


def test_figures_are_by_kind_by_month_of_the_zone_and_of_questions(replayed: Replayed) -> None:
    archive = team()
    archive.lists["dms"] = [{"id": "D1", "members": ["UOLENA", "USAM"]}]
    archive.say("UOLENA", "2026-04-30T21:30:00Z", "<@USAM>, thanks.")
    archive.say("UOLENA", "2026-04-30T12:00:00Z", "<@USAM>?", folder="D1")
    archive.say("USAM", "2026-05-30T12:00:00Z", "Hm.")
    in_utc, in_kyiv = replayed(archive), replayed(archive, "Europe/Kyiv")
    assert {month: of.asks for month, of in in_utc.by_month.items()} == {"2026-04": 2}
    by_month = {month: of.asks for month, of in in_kyiv.by_month.items()}
    assert by_month == {"2026-04": 1, "2026-05": 1}
    by_kind = {kind: (of.late, of.lost) for kind, of in in_utc.by_kind.items()}
    assert by_kind == {"direct_message": (0, 1), "project_discussion": (1, 0)}
    assert (in_utc.questions.asks, in_utc.questions.lost) == (1, 1)


def test_times_are_those_of_the_answers_that_came(replayed: Replayed) -> None:
    archive = team()
    for minute, folder in enumerate("abcdefghijk"):
        archive.channel(f"CX{minute}", folder)
        archive.say("UOLENA", "2026-05-18T16:30:00Z", "<@USAM>?", folder=folder)
        if minute:
            archive.say("USAM", f"2026-05-19T09:{minute:02}:00Z", "Yes.", folder=folder)
    total = replayed(archive).total
    assert (total.asks, total.kept, total.open, total.kept_share) == (11, 10, 1, 1.0)
    assert (total.working_median_s, total.working_p90_s) == (35 * 60, 39 * 60)
    assert (total.real_median_s, total.real_p90_s) == (59_700, 59_940)


def test_a_call_would_have_been_suggested_in_a_topic_of_three_turns(replayed: Replayed) -> None:
    archive = team()
    for thread, asks_back in (("1.0", "What?"), ("2.0", "Done.")):
        archive.say("UOLENA", f"2026-05-18T10:00:0{thread[0]}Z", "<@USAM>", thread=thread)
        archive.say("USAM", f"2026-05-18T10:10:0{thread[0]}Z", asks_back, thread=thread)
        archive.say("UOLENA", f"2026-05-18T10:20:0{thread[0]}Z", "That.", thread=thread)
    found = replayed(archive)
    assert (found.topics, found.calls) == (2, 1)


def test_a_past_without_messages_has_no_share(replayed: Replayed) -> None:
    found = replayed(team())
    assert (found.total.asks, found.total.kept_share, found.total.working_median_s) == (
        0,
        None,
        None,
    )
    assert (found.by_kind, found.by_month, found.calls) == ({}, {}, 0)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.sampled_from([50, 90]))
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(
    values: list[int], percent: int
) -> None:
    found = percentile(values, percent)
    enough = [v for v in values if sum(w <= v for w in values) * 100 >= percent * len(values)]
    assert found == min(enough)
