"""The stage: the workspace that is being filled, its people, and the names that the story uses."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.decisions.due import DUE_QUEUE
from dayline.decisions.models import Decision, DecisionStakeholder, DecisionStatus
from dayline.demo.script import Script
from dayline.identity.caller import Caller
from dayline.identity.models import Account, Role
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.members.actions import add_member
from dayline.timers.models import Timer
from dayline.timers.sweep import escalate_workspace, sweep_workspace

MOST_INSTANTS = 10_000
"""More than the story ever needs. If it isn't enough, something due fails again and again."""


@dataclass(frozen=True, slots=True)
class StoryClock:
    """A clock that shows one instant of the story."""

    at: datetime

    def read(self) -> datetime:
        """The instant of the story."""
        return self.at


@dataclass(frozen=True, slots=True)
class Actor:
    """A person's account, and the member that they are or will be."""

    account: Account
    member_id: UUID
    role: Role


@dataclass
class Stage:
    """The state of a play. All `sessions` work in one transaction of the caller."""

    sessions: Sessions
    workspace_id: UUID
    script: Script
    actors: dict[str, Actor]
    handles: dict[str, str] = field(default_factory=dict)
    """The handles of people whose handle differs from the story's."""
    tasks: dict[str, str] = field(default_factory=dict)
    """The keys of tasks, by their names in the story."""
    projects: list[str] = field(default_factory=list)
    topics: dict[str, UUID] = field(default_factory=dict)
    """The ids of topics, by their names in the story. A task's topic has the task's name."""
    messages: dict[str, UUID] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    """The keys of decisions, by their names in the story."""

    def member(self, who: str) -> UUID:
        """The member id of a person."""
        return self.actors[who].member_id

    def handle_of(self, caller: Caller) -> str:
        """The handle of the person who acts."""
        return next(who for who in self.actors if self.member(who) == caller.member_id)

    def worded(self, text: str) -> str:
        """A text of the story that names people by the handles they have here."""
        for who, handle in self.handles.items():
            text = re.sub(rf"@{who}\b", f"@{handle}", text)
        return text

    async def take_on(self, session: AsyncSession, who: str) -> None:
        """Add a person to the workspace."""
        actor = self.actors[who]
        await add_member(
            session, actor.account, handle=who, role=actor.role, member_id=actor.member_id
        )

    async def play(self, played: Callable[[int, int], None]) -> int:
        """Play all beats in order, and what becomes due in between. Returns the number of acts.

        `played` hears how many acts are done, and how many there are.
        """
        beats = list(self.script.in_order())
        for done, beat in enumerate(beats):
            played(done, len(beats))
            await self.pass_until(beat.at)
            async with self.acting(beat.who, beat.at) as caller:
                await beat.act(self, caller)
        await self.pass_until(self.script.now)
        return len(beats)

    @asynccontextmanager
    async def acting(self, who: str, at: datetime) -> AsyncIterator[Caller]:
        """A transaction in which a person acts at an instant."""
        actor = self.actors[who]
        async with self.sessions() as session, session.begin():
            await enter_workspace(session, Scope(self.workspace_id, at, actor.member_id))
            yield Caller(
                session=session,
                now=at,
                workspace_id=self.workspace_id,
                member_id=actor.member_id,
                account_id=actor.account.id,
                role=actor.role,
                session_id=None,
                token_id=None,
                scopes=frozenset(),
            )

    async def pass_until(self, until: datetime) -> None:
        """Do everything that becomes due up to an instant, each at its own instant."""
        for _ in range(MOST_INSTANTS):
            timer_at, decision_at = await self._next_instants()
            due = min((at for at in (timer_at, decision_at) if at is not None), default=None)
            if due is None or due > until:
                return
            clock = StoryClock(due)
            if due == timer_at:
                await sweep_workspace(self.sessions, clock, self.workspace_id)
                await escalate_workspace(self.sessions, clock, self.workspace_id)
            else:
                await DUE_QUEUE.do_next(self.sessions, clock, self.workspace_id)
        raise RuntimeError("what falls due in the story can't be done; the log says why")

    async def _next_instants(self) -> tuple[datetime | None, datetime | None]:
        """When a timer and when a decision becomes due next, or None."""
        both = select(self._next_timer_at(), self._next_decision_at())
        async with self.sessions() as session, session.begin():
            await enter_workspace(session, Scope(self.workspace_id, self.script.now, None))
            timer_at, decision_at = (await session.execute(both)).one()
            return timer_at, decision_at

    def _next_timer_at(self) -> Any:
        """When a timer fires next, or its next step comes."""
        instant = case(
            (col(Timer.warned_at).is_(None), col(Timer.warn_at)), else_=col(Timer.due_at)
        )
        running = (
            col(fact).is_(None) for fact in (Timer.ended_at, Timer.breached_at, Timer.paused_at)
        )
        here = col(Timer.workspace_id) == self.workspace_id
        fires = select(func.min(instant)).where(here, *running)
        steps = select(func.min(col(Timer.escalates_at))).where(here, col(Timer.ended_at).is_(None))
        return func.least(fires.scalar_subquery(), steps.scalar_subquery())

    def _next_decision_at(self) -> Any:
        """The next deadline for input or reminder. The story is too short for reviews."""
        takes_input = (
            (col(Decision.workspace_id) == self.workspace_id)
            & (col(Decision.status) == DecisionStatus.OPEN)
            & col(Decision.closed_at).is_(None)
        )
        of_decision = (col(DecisionStakeholder.workspace_id) == col(Decision.workspace_id)) & (
            col(DecisionStakeholder.decision_id) == col(Decision.id)
        )
        deadline = select(func.min(col(Decision.input_due_at))).where(takes_input)
        reminder = (
            select(func.min(col(DecisionStakeholder.remind_at)))
            .join(Decision, of_decision)
            .where(takes_input, col(DecisionStakeholder.reminded_at).is_(None))
        )
        return func.least(deadline.scalar_subquery(), reminder.scalar_subquery())
