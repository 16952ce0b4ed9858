"""Opening a draft: its stakeholders are asked from now on."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from dayline.calendars.queries import member_calendars
from dayline.conversations.models import Topic, TopicKind
from dayline.conversations.queries import get_topic
from dayline.core.agreement import ClauseKind
from dayline.core.clarity import ALWAYS_NEEDED, ClarityKind, ClarityLevel
from dayline.core.phrase import Phrase
from dayline.core.response import runs_out_before
from dayline.decisions.closing import ask_of
from dayline.decisions.document import missed_by
from dayline.decisions.drafts import touch
from dayline.decisions.events import DecisionOpened, audience_of
from dayline.decisions.models import Decision, DecisionStakeholder, DecisionStatus
from dayline.decisions.parts import check_people
from dayline.decisions.problems import NotADraft, ProposerOnly
from dayline.decisions.queries import card_of, get_decision, options_of, stakeholders_of
from dayline.decisions.reminding import REMINDS_AT
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.text.catalogs import dated_moment, render
from dayline.kernel.text.zones import city_of
from dayline.members.access import share_membership
from dayline.members.models import Member
from dayline.members.queries import get_member, get_workspace
from dayline.messages.clarity import keep_reason, levels_of, points_missing
from dayline.messages.models import Message
from dayline.messages.posting import post_message
from dayline.messages.problems import MessageOpensDecision
from dayline.projects.problems import refuse_archived
from dayline.projects.queries import get_project_by_id
from dayline.timers import deciding as timers


async def open_decision(
    caller: Caller, key: str, minutes: int | None, clarity_reason: str | None = None
) -> Decision:
    """Ask the stakeholders of a draft for input until its deadline.

    A reason for points that are missing is kept on the opening message. Raises ProposerOnly,
    NotADraft, ProjectArchived, and PointsMissing for each field that misses one of the five points.
    """
    await share_membership(caller.session)
    decision = await get_decision(caller, key, for_update=True)
    if decision.proposed_by != caller.member_id:
        raise ProposerOnly
    if decision.status is not DecisionStatus.DRAFT:
        raise NotADraft
    refuse_archived(await get_project_by_id(caller, decision.project_id))
    asked = await stakeholders_of(caller.session, decision.id)
    due_at, decider, reason = await _ready(caller, decision, asked, clarity_reason)
    await get_topic(caller, decision.topic_id, for_update=True)  # locked as for any post in it
    ids = [each.member_id for each in asked]
    await check_people(caller, decision.proposed_by, decider.id, ids, are_asked=True)
    body = await _words(caller, decision, due_at, decider)
    message = await post_message(caller, decision.topic_id, body, asks=[])
    if reason is not None:
        await keep_reason(caller, message.id, reason)
    decision.message_id = message.id
    decision.status, decision.opened_at = DecisionStatus.OPEN, caller.now
    decision.proposer_minutes = minutes
    touch(caller, decision)
    await _ask(caller, decision, asked, due_at)
    opened = DecisionOpened(decision=await card_of(caller.session, decision))
    events.record(caller.session, opened, audience_of(decision))
    return decision


async def _ready(
    caller: Caller, decision: Decision, asked: Sequence[DecisionStakeholder], reason: str | None
) -> tuple[datetime, Member, str | None]:
    """The deadline and the decider of a draft, and the reason to keep for what it misses.

    Raises PointsMissing.
    """
    options = await options_of(caller.session, decision.id)
    missed = missed_by(decision, options, [each.member_id for each in asked], caller)
    is_required = (await levels_of(caller))[ClarityKind.DECISION] == ClarityLevel.REQUIRE
    if not is_required or reason is not None:
        refused = [each for each in missed if each.field in ALWAYS_NEEDED]
    else:
        refused = missed
    if refused or decision.input_due_at is None or decision.decider_id is None:
        raise points_missing(refused)
    kept = reason if is_required and missed else None
    return decision.input_due_at, await get_member(caller, decision.decider_id), kept


async def _words(caller: Caller, decision: Decision, due_at: datetime, decider: Member) -> str:
    """The text of the opening message, in the workspace's language and team time zone."""
    workspace = await get_workspace(caller)
    local = due_at.astimezone(ZoneInfo(workspace.reference_zone)).replace(tzinfo=None)
    opened = Phrase(
        "decisions.opened",
        title=_plain(decision.title),
        due=dated_moment(local, workspace.language),
        city=city_of(workspace.reference_zone),
        decider=_plain(decider.name),
    )
    return render(opened, workspace.language)


def _plain(text: str) -> str:
    """The text with Markdown escaped and no `@handle` that mentions anyone."""
    return "".join(_ESCAPED.get(char, char) for char in text)


_ESCAPED = {char: f"\\{char}" for char in "\\`*_{}[]<>()#+-!|~&"} | {"@": "@\u2060"}
"""A backslash escapes a mark. A word joiner separates an `@` from the handle."""


async def _ask(
    caller: Caller, decision: Decision, asked: Sequence[DecisionStakeholder], due_at: datetime
) -> None:
    """Start the timers and set the reminders of the stakeholders, who are locked."""
    ids = [each.member_id for each in asked]
    calendars = await member_calendars(caller.session, caller.workspace_id, ids)
    for each in asked:
        calendar = calendars[each.member_id].compiled
        each.remind_at = runs_out_before(calendar, caller.now, due_at, REMINDS_AT)
    await caller.session.flush()
    ask = ask_of(decision, ClauseKind.DECISION_INPUT)
    await timers.ask_for_input(caller.session, ask, caller.member_id, ids, due_at)


async def keep_opening_message(caller: Caller, topic: Topic, message: Message) -> None:
    """Refuse a change of the message that opened a decision, since others answer what it says.

    Raises MessageOpensDecision.
    """
    if topic.kind is not TopicKind.DECISION:
        return
    opens = select(col(Decision.id)).where(
        col(Decision.workspace_id) == caller.workspace_id, col(Decision.message_id) == message.id
    )
    if await caller.session.scalar(opens) is not None:
        raise MessageOpensDecision
