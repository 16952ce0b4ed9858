"""Every operation that changes a workspace, called by its name in the OpenAPI document."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from dayline.timers.sweep import sweep
from dayline.transfer.slack.archive import read
from dayline.transfer.slack.importing import import_export
from tests.failed_jobs.failing import given_up
from tests.feed.decision_steps import DECISION_STEPS
from tests.feed.world import Names, Step, World, just
from tests.live import Json
from tests.notices.desk import listed, work
from tests.scheduled.desk import send_next
from tests.transfer.slack.archives import Archive


@dataclass(frozen=True)
class Sweep(Step):
    """What happens without a request: time goes by, and the sweep fires what is due."""

    operation: str = ""
    hours: float = 0

    def __str__(self) -> str:
        return f"a sweep after {self.hours} hours"

    async def take(self, world: World) -> None:
        world.team.clock.advance(hours=self.hours)
        assert await sweep(world.team.app.state.sessions, world.team.clock), str(self)


@dataclass(frozen=True)
class Import(Step):
    """What an operator does by command: a past is brought, and everybody reads afresh."""

    operation: str = ""
    resets: frozenset[str] = frozenset({"owner", "ada", "mel", "gus", "out", "tim"})

    def __str__(self) -> str:
        return "an import"

    async def take(self, world: World) -> None:
        archive = Archive()
        archive.channel("C1", "general", members=[archive.user("UAIKO"), archive.user("USAM")])
        archive.say("UAIKO", "2026-05-15T07:00:00Z", "When, <@USAM>?")
        with TemporaryDirectory() as folder:
            export = read(archive.write(Path(folder)))
        app, team = world.team.app, world.team
        await import_export(app.state.sessions, team.clock, export, team.slug)


@dataclass(frozen=True)
class Send(Step):
    """What also happens without a request: time goes by, and what was scheduled is sent."""

    operation: str = ""
    hours: float = 0

    def __str__(self) -> str:
        return f"sending after {self.hours} hours"

    async def take(self, world: World) -> None:
        team = world.team
        team.clock.advance(hours=self.hours)
        assert await send_next(team), str(self)


@dataclass(frozen=True)
class Tell(Step):
    """What also happens without a request: events become notices. Keeps one of mel's of a kind."""

    operation: str = ""
    kind: str = ""

    def __str__(self) -> str:
        return f"telling {self.kind}".strip()

    async def take(self, world: World) -> None:
        await work(world.team)
        if self.kind:
            notices = await listed(world.people["mel"], kind=self.kind, state="open")
            world.made["notice"] = notices[0]


@dataclass(frozen=True)
class GiveUp(Step):
    """What happens where something fails again and again: admins are told that it was given up."""

    operation: str = ""

    def __str__(self) -> str:
        return "a job that is given up"

    async def take(self, world: World) -> None:
        world.made["job"] = await given_up(world.team, world.people["ada"].member_id)


def _later(body: str) -> Callable[[World], Json]:
    """A message to send in half an hour."""

    def new(world: World) -> Json:
        send_at = world.team.clock.now + timedelta(minutes=30)
        return {"body": body, "send_at": send_at.isoformat()}

    return new


def _scheduled(kept: str) -> Callable[[World], Names]:
    return lambda world: {"scheduled_id": world.made[kept]["id"]}


def _project(key: str) -> Callable[[World], Names]:
    return lambda _: {"key": key}


def _person(handle: str, key: str | None = None) -> Callable[[World], Names]:
    return lambda world: {"member_id": world.id_of(handle), "key": key}


def _topic(kept: str, name: str = "id") -> Callable[[World], Names]:
    return lambda world: {"topic_id": world.made[kept][name]}


def _message(kept: str) -> Callable[[World], Names]:
    return lambda world: {"message_id": world.made[kept]["id"]}


def _subscription(kept: str) -> Callable[[World], Names]:
    return lambda world: {"subscription_id": world.made[kept]["id"]}


def _explanation(kept: str) -> Callable[[World], Names]:
    return lambda world: {"explanation_id": world.made[kept]["explanation"]["id"]}


def _subject(kept: str) -> Callable[[World], Names]:
    return lambda world: {"subject_id": world.made[kept]["subject"]["id"]}


def _reference(kept: str) -> Callable[[World], Names]:
    return lambda world: {"reference_id": world.made[kept]["id"]}


def _answer_to(kept: str) -> Callable[[World], Json]:
    return lambda world: {"title": "VAT", "body": "19 %", **_subject(kept)(world)}


def _notice(world: World) -> Names:
    return {"notice_id": world.made["notice"]["id"]}


def _view(kept: str) -> Callable[[World], Names]:
    return lambda world: {"view_id": world.made[kept]["id"]}


def _task(kept: str, other: str | None = None, handle: str = "owner") -> Callable[[World], Names]:
    return lambda world: {
        "key": world.made[kept]["key"],
        "other_key": other and world.made[other]["key"],
        "member_id": world.id_of(handle),
    }


def _answered(kept: str) -> Callable[[World], Names]:
    """What a message answered."""
    return lambda world: {"timer_id": world.made[kept]["answers"][0]["timer_id"]}


def _timer(kept: str) -> Callable[[World], Names]:
    return lambda world: {"timer_id": world.made[kept]["asks"][0]["timer_id"]}


def _dated(handle: str, **dates: str) -> Callable[[World], Names]:
    return lambda world: {"member_id": world.id_of(handle), **dates}


def _part(handle: str, what: str, kept: str) -> Callable[[World], Names]:
    return lambda world: {
        "member_id": world.id_of(handle),
        f"{what}_id": world.made[kept]["id"],
    }


def _only(*handles: str) -> frozenset[str]:
    return frozenset(handles)


STEPS = (
    Step("workspaces_update", just(name="Renamed", reference_zone="Asia/Tokyo")),
    # Projects, and who is added to them.
    Step("projects_create", just(key="ABC", name="Alpha", purpose="To *learn*."), keep="abc"),
    Step("projects_create", just(key="DEF", name="Delta"), by="mel"),
    Step("projects_add_person", names=_person("tim", "ABC")),
    Step("projects_add_person", names=_person("gus", "ABC"), resets=_only("gus")),
    Step(
        "projects_update",
        lambda w: {"lead_id": w.id_of("mel"), "due_on": "2026-07-01"},
        _project("ABC"),
    ),
    Step("projects_update", just(name="Delta, renamed"), _project("DEF"), by="mel"),
    Step("projects_archive", names=_project("DEF")),
    Step("projects_unarchive", names=_project("DEF")),
    Step("projects_add_person", names=_person("out", "DEF"), resets=_only("out")),
    Step("projects_remove_person", names=_person("out", "DEF"), resets=_only("out")),
    Step("projects_remove_person", names=_person("tim", "ABC")),
    # Topics and messages.
    Step("updates_create", just(condition="at_risk", body="Late."), _project("ABC"), keep="late"),
    Step(
        "discussions_create",
        just(title="Why", body="Because @mel."),
        _project("ABC"),
        by="gus",
        keep="why",
    ),
    Step("discussions_create", just(title="Hidden"), _project("DEF"), keep="hidden"),
    Step(
        "direct_topics_create",
        lambda w: {"participants": [w.id_of("gus")], "title": "Us"},
        by="mel",
        keep="us",
    ),
    Step(
        "direct_topics_create", lambda w: {"participants": [w.id_of("tim")], "body": "Hi"}, by="ada"
    ),
    Step("topics_update", just(title="Why not"), _topic("why"), by="gus"),
    Step("topics_resolve", names=_topic("why")),
    Step("topics_reopen", names=_topic("why"), by="mel"),
    Step("messages_create", just(body="Dear @mel"), _topic("why"), by="gus", keep="dear"),
    Step("messages_create", just(body="Between us"), _topic("us"), by="gus", keep="between"),
    Step("messages_update", just(body="Dear @owner"), _message("dear"), by="gus"),
    Step("messages_withdraw", names=_message("dear"), by="gus"),
    Step("messages_withdraw", names=_message("between"), by="gus"),
    Step("agreement_draft_update", just(title="Second", warn_share=50)),
    Step("agreement_publish", just(in_force_from="2026-06-01T07:00:00Z"), by="ada"),
    Step("agreement_sign", names=lambda _: {"version": 2}, by="mel"),
    # Calendars: one's own, a guest's, and what holds for all.
    Step("calendar_update", just(zone="America/New_York"), _person("mel"), by="mel"),
    Step("calendar_update", just(zone="Asia/Tokyo", country="DE"), _person("gus"), by="gus"),
    Step("calendar_defaults_update", just(zone="Asia/Kolkata")),
    Step(
        "hours_set",
        just(weekly={"mon": [{"start": "10:00", "end": "18:00"}]}),
        _dated("gus", effective_from="2026-06-01"),
    ),
    Step("hours_remove", names=_dated("gus", effective_from="2026-06-01"), by="gus"),
    Step("overrides_set", just(intervals=[]), _dated("mel", date="2026-05-20"), by="mel"),
    Step("overrides_remove", names=_dated("mel", date="2026-05-20"), by="mel"),
    Step(
        "time_off_create",
        just(starts_on="2026-05-25", ends_on="2026-05-29", reason="Ours alone"),
        _person("gus"),
        by="gus",
        keep="off",
    ),
    Step("time_off_update", just(ends_on="2026-05-30"), _part("gus", "time_off", "off"), by="gus"),
    Step("time_off_delete", names=_part("gus", "time_off", "off"), by="gus"),
    Step(
        "focus_create",
        just(days=["mon"], start="10:00", end="12:00"),
        _person("mel"),
        by="mel",
        keep="deep",
    ),
    Step("focus_update", just(end="11:00"), _part("mel", "focus_block", "deep"), by="mel"),
    Step("focus_delete", names=_part("mel", "focus_block", "deep"), by="mel"),
    Step("holidays_create", just(country="DE", on="2026-06-10", name="Ours"), keep="ours"),
    Step("holidays_update", just(name="Ours, renamed"), _part("gus", "holiday", "ours")),
    Step("holiday_opt_outs_put", names=_part("gus", "holiday", "ours"), by="gus"),
    Step("holiday_opt_outs_delete", names=_part("gus", "holiday", "ours"), by="gus"),
    Step("holidays_remove", names=_part("gus", "holiday", "ours")),
    # Timers: mel works in New York, from 13:00 UTC on; it is 07:00.
    Step("messages_create", just(body="May I, @mel?"), _topic("why"), keep="ask"),
    # Notices: what mel is told of, and does with it.
    Tell(kind="asked"),
    Step("notices_read", names=_notice, by="mel"),
    Step("notices_unread", names=_notice, by="mel"),
    Step("notices_snooze", just(next_start=True), _notice, by="mel"),
    Step("notices_wake", names=_notice, by="mel"),
    Step("notices_finish", names=_notice, by="mel"),
    Step("notices_reopen", names=_notice, by="mel"),
    Step("notices_unread", names=_notice, by="mel"),
    Step("notices_read_all", lambda w: {"seq": w.made["notice"]["seq"]}, lambda _: {}, by="mel"),
    Step(
        "notice_settings_set",
        lambda w: {
            "channels": {"mentioned": ["email", "push"], "asked": []},
            "muted_projects": [w.made["abc"]["id"]],
        },
        by="mel",
    ),
    Step("notices_go_away", just(until="2026-05-20T07:00:00Z"), by="mel"),
    Step("notices_go_away", by="mel"),
    Step("notices_come_back", by="mel"),
    Step("timers_pause", just(reason="Waits for the client."), _timer("ask")),
    Step("timers_resume", names=_timer("ask")),
    Step("overrides_set", just(intervals=[]), _dated("mel", date="2026-05-18"), by="mel"),
    Step("overrides_remove", names=_dated("mel", date="2026-05-18"), by="mel"),
    Step(
        "timers_acknowledge",
        just(promised_at="2026-05-20T12:00:00Z"),
        _timer("ask"),
        by="mel",
    ),
    Step("messages_create", just(body="You may."), _topic("why"), by="mel", keep="may"),
    Step("timers_reopen", names=_answered("may"), by="mel"),
    Step(
        "messages_create",
        lambda w: {"body": "You may.", "answers": [_answered("may")(w)["timer_id"]]},
        _topic("why"),
        by="mel",
    ),
    Tell(),
    Step("messages_create", just(body="And this, @mel?"), _topic("why"), keep="late"),
    Step("messages_create", just(body="Never mind, @mel."), _topic("why"), keep="mind"),
    Step("messages_withdraw", names=_message("mind")),
    Sweep(hours=9.5),
    Sweep(hours=1),
    Tell(),
    Step("messages_create", just(body="Late, but yes."), _topic("why"), by="mel"),
    # Messages that wait for their instant; one asks who became a guest meanwhile.
    Step("scheduled_create", _later("Soon"), _topic("why"), keep="soon"),
    Step("scheduled_create", _later("Never"), _topic("us"), by="gus", keep="never"),
    Step("scheduled_update", just(body="Very soon"), _scheduled("soon")),
    Step("scheduled_cancel", names=_scheduled("never"), by="gus"),
    Send(hours=1),
    Step(
        "scheduled_create",
        lambda w: {**_later("For you")(w), "asks": [w.id_of("tim")]},
        _topic("why"),
    ),
    Step("members_update", just(role="guest"), _person("tim"), resets=_only("tim")),
    Send(hours=1),
    Step("members_update", just(role="member"), _person("tim"), resets=_only("tim")),
    # Tasks.
    Step("tasks_create", just(project="ABC", title="One", labels=["a"]), by="gus", keep="one"),
    Step(
        "tasks_create",
        lambda w: {
            "project": "ABC",
            "title": "Two",
            "parent": w.made["one"]["key"],
            "assignee_id": w.id_of("mel"),
            "due_on": "2026-06-01",
        },
        keep="two",
    ),
    Step("tasks_create", just(project="DEF", title="Hidden"), keep="three"),
    Step("tasks_update", just(title="First", context="Long", priority="high"), _task("one")),
    Step("messages_create", just(body="On it"), _topic("one", "topic_id"), by="gus"),
    Step("tasks_update", just(state="done", labels=["b", "c"]), _task("one"), by="gus"),
    Step("tasks_update", just(state="in_progress", assignee_id=None), _task("one"), by="mel"),
    Step("tasks_watch", names=_task("one", handle="mel"), by="mel"),
    Step("tasks_unwatch", names=_task("one", handle="mel"), by="mel"),
    Step("tasks_block", names=_task("one", "two")),
    Step("tasks_block", names=_task("one", "three")),
    Step("tasks_unblock", names=_task("one", "two")),
    Step(
        "tasks_bulk",
        lambda w: {
            "keys": [w.made[name]["key"] for name in ("one", "two", "three")],
            "change": {"state": "cancelled", "labels_add": ["z"]},
        },
    ),
    Step("tasks_bulk", lambda w: {"keys": [w.made["two"]["key"]], "change": {"state": "todo"}}),
    Tell(),
    *DECISION_STEPS,
    Tell(),
    # Explanations, and the references that are written of them.
    Step("explanations_create", just(words="VAT"), by="mel", keep="note"),
    Step("explanations_delete", names=_explanation("note"), by="mel"),
    Step("explanations_create", just(words="VAT"), by="mel"),
    Step("explanations_create", just(words="vat"), by="ada"),
    Step("explanations_create", just(words="VAT"), by="mel", keep="note"),
    Step("subjects_decline", names=_subject("note"), by="ada"),
    Step("references_create", _answer_to("note"), by="mel", keep="vat"),
    Step("references_update", just(title="VAT in the EU", body="20 %"), _reference("vat")),
    Step("references_mark_stale", just(reason="Old"), _reference("vat"), by="ada"),
    Step("references_review", just(review_on="2026-11-18"), _reference("vat"), by="mel"),
    Step("references_create", just(title="VAT", body="Another"), keep="other-vat"),
    Step("references_delete", names=_reference("vat"), by="mel"),
    # Views: one's own, shared ones, and what is no longer shared.
    Step("views_create", just(name="Mine", filter={"assignee": ["me"]}), by="gus", keep="own"),
    Step("views_create", just(name="Ours", shared=True), by="mel", keep="ours-view"),
    Step("views_update", just(name="Own"), _view("own"), by="gus"),
    Step("views_update", just(group_by="project"), _view("ours-view"), by="ada"),
    Step("views_update", just(shared=False), _view("ours-view"), by="mel"),
    Step("views_update", just(shared=True), _view("ours-view"), by="mel"),
    Step("views_delete", names=_view("ours-view")),
    # Tokens and invites.
    Step("tokens_create", just(name="board", scopes=["read"], expires_in_days=3), keep="token"),
    Step("tokens_revoke", names=lambda w: {"token_id": w.made["token"]["id"]}),
    Step("invites_create", just(email="gone@example.org", role="member"), keep="gone"),
    Step("invites_revoke", names=lambda w: {"invite_id": w.made["gone"]["id"]}),
    Step(
        "invites_create",
        lambda w: {"email": f"{w.team.slug}-m@example.org", "role": "member"},
        keep="invited",
    ),
    Step("invites_accept", lambda w: _accepting(w, "invited", "new-member"), by="visitor"),
    Step(
        "invites_create",
        lambda w: {
            "email": f"{w.team.slug}-g@example.org",
            "role": "guest",
            "project_ids": [w.made["abc"]["id"]],
        },
        keep="invited-guest",
    ),
    Step("invites_accept", lambda w: _accepting(w, "invited-guest", "new-guest"), by="visitor"),
    Tell(),
    # Subscriptions.
    Step(
        "subscriptions_create",
        just(name="#ops", url="http://127.0.0.1:1/services/ops", kinds=["ask", "breach"]),
        by="ada",
        keep="ops",
    ),
    Step("subscriptions_update", just(name="#operations"), _subscription("ops")),
    Step("subscriptions_update", just(enabled=False), _subscription("ops")),
    Step("subscriptions_delete", names=_subscription("ops")),
    # What fails in the background.
    GiveUp(),
    Step("failed_jobs_retry", names=lambda w: {"job_id": w.made["job"]["id"]}, by="ada"),
    # An ask that goes to the lead of its project, who answers it.
    Step("messages_create", just(body="Which one, @ada?"), _topic("why")),
    Sweep(hours=120),
    Step("messages_create", just(body="The second one."), _topic("why"), by="mel"),
    # Members: their cards, roles and access. A lower role takes its invites along.
    Step("projects_add_person", names=_person("tim", "ABC")),
    Step(
        "members_update",
        just(name="Timothy", handle="timothy"),
        _person("tim"),
        by="tim",
        resets=_only(),
    ),
    Step("members_update", just(role="admin"), _person("tim"), resets=_only("tim")),
    Step("invites_create", just(email="late@example.org", role="member"), by="tim"),
    Step("members_update", just(role="guest"), _person("tim"), resets=_only("tim")),
    Step("projects_remove_person", names=_person("tim", "ABC"), resets=_only("tim")),
    Step("members_update", just(role="member"), _person("tim"), by="ada", resets=_only("tim")),
    Step("members_update", just(handle="gustav"), _person("gus"), by="ada"),
    Step("members_update", just(role="member"), _person("gus"), resets=_only("gus")),
    Step("members_update", just(role="guest"), _person("gus"), resets=_only("gus")),
    Step("members_reset_password", names=_person("tim")),
    Step("members_disable", names=_person("tim"), resets=_only("tim")),
    Tell(resets=_only("tim")),
    Step("members_enable", names=_person("tim"), resets=_only("tim")),
    Import(),
)


def _accepting(world: World, kept: str, handle: str) -> Json:
    secret = world.made[kept]["link"].partition("#token=")[2]
    password = "long enough to be a password"
    return {"token": secret, "handle": handle, "name": "New", "password": password}


NO_EVENTS = {
    "account_set_password",
    "account_update",
    "attachments_upload",
    "calendar_link_make",
    "calendar_link_revoke",
    "clarity_check",
    "deliveries_repeat",
    "invites_preview",
    "password_resets_create",
    "sessions_create",
    "sessions_end",
    "sessions_end_current",
    "sessions_end_others",
    "sessions_reauthenticate",
    "setup_create",
    "subscriptions_test",
    "today_look",
    "workspaces_create",
}
"""Operations outside any workspace; a new workspace's first events precede any snapshot of it.

Those that write to Slack, which makes nothing happen in the workspace; and looking at what
changed, which nobody is told of.
"""
