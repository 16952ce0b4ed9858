"""The stage: a workspace in the making, its people, and what the story has named so far."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.decisions.due import AGENDA
from dayline.decisions.models import Decision, DecisionStakeholder, DecisionStatus
from dayline.demo.script import Script
from dayline.identity.caller import Caller
from dayline.identity.models import Account, Role
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.members.actions import add_member
from dayline.timers.models import Timer
from dayline.timers.sweep import sweep_workspace

MOST_INSTANTS = 10_000
"""More than any act of the story waits for: beyond it something fails again and again."""


@dataclass(frozen=True, slots=True)
class StoryClock:
    """A clock that stands still at an instant of the story."""

    at: datetime

    def read(self) -> datetime:
        """The instant."""
        return self.at


@dataclass(frozen=True, slots=True)
class Actor:
    """A person's account, and the member that they are or will be."""

    account: Account
    member_id: UUID
    role: Role


@dataclass
class Stage:
    """Where the acts take place. `sessions` all work inside one transaction of the caller's."""

    sessions: Sessions
    workspace_id: UUID
    script: Script
    actors: dict[str, Actor]
    tasks: dict[str, str] = field(default_factory=dict)
    """The keys of tasks, by what the story calls them."""
    topics: dict[str, UUID] = field(default_factory=dict)
    """Topics, by what the story calls them; a task's by the name of the task."""
    messages: dict[str, UUID] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    """The keys of decisions."""

    def member(self, who: str) -> UUID:
        """The id of a person's member."""
        return self.actors[who].member_id

    def handle_of(self, caller: Caller) -> str:
        """Who acts."""
        return next(who for who in self.actors if self.member(who) == caller.member_id)

    async def take_on(self, session: AsyncSession, who: str) -> None:
        """Make a person a member."""
        actor = self.actors[who]
        await add_member(
            session, actor.account, handle=who, role=actor.role, member_id=actor.member_id
        )

    async def play(self) -> int:
        """Let everything happen in its order, what falls due at its instant; how many acts."""
        acts = 0
        for beat in self.script.in_order():
            await self.pass_until(beat.at)
            async with self.acting(beat.who, beat.at) as caller:
                await beat.act(self, caller)
            acts += 1
        await self.pass_until(self.script.now)
        return acts

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
        """Let what falls due by an instant happen, each thing at its own."""
        for _ in range(MOST_INSTANTS):
            timer_at, decision_at = await self._next_instants()
            due = min((at for at in (timer_at, decision_at) if at is not None), default=None)
            if due is None or due > until:
                return
            clock = StoryClock(due)
            if due == timer_at:
                await sweep_workspace(self.sessions, clock, self.workspace_id)
            else:
                await AGENDA.do_next(self.sessions, clock, self.workspace_id)
        raise RuntimeError("what falls due in the story can't be done; the log says why")

    async def _next_instants(self) -> tuple[datetime | None, datetime | None]:
        """When something falls due next: in timers, and in decisions."""
        both = select(self._next_timer_at(), self._next_decision_at())
        async with self.sessions() as session, session.begin():
            await enter_workspace(session, Scope(self.workspace_id, self.script.now, None))
            timer_at, decision_at = (await session.execute(both)).one()
            return timer_at, decision_at

    def _next_timer_at(self) -> ScalarSelect[datetime]:
        instant = case(
            (col(Timer.warned_at).is_(None), col(Timer.warn_at)), else_=col(Timer.due_at)
        )
        running = (
            col(fact).is_(None) for fact in (Timer.ended_at, Timer.breached_at, Timer.paused_at)
        )
        here = col(Timer.workspace_id) == self.workspace_id
        return select(func.min(instant)).where(here, *running).scalar_subquery()

    def _next_decision_at(self) -> Any:
        """A deadline for input, or a reminder: no story is long enough for a review."""
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
