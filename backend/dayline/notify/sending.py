"""Sending deliveries: each claimed delivery becomes one message, outside any transaction."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog

from dayline.core.phrase import Phrase
from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.jobs.outbox import LEASE, TryAgain, Unwanted, Verdict, settle
from dayline.kernel.ops.outgoing import Outgoing, Unreachable
from dayline.kernel.ops.vault import NoKey, Unreadable
from dayline.notify.actions import GAP
from dayline.notify.facts import Facts, facts_of
from dayline.notify.message import message_of
from dayline.notify.models import NoticeKind
from dayline.notify.queue import Claimed, finish
from dayline.notify.verdicts import verdict_of
from dayline.notify.webhooks import Webhooks, is_of_slack

log = structlog.get_logger("dayline.notify")


@dataclass(frozen=True, slots=True)
class Pace:
    """A delivery's lease, the gap between messages to a webhook, and the pause between retries."""

    lease: timedelta = LEASE
    gap: timedelta = GAP
    settle_again_s: float = 0.5


class Sender:
    """Sends claimed deliveries and stores their outcome."""

    def __init__(
        self,
        sessions: Sessions,
        clock: Clock,
        *,
        webhooks: Webhooks,
        outgoing: Outgoing,
        origin: str,
        pace: Pace,
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._webhooks = webhooks
        self._outgoing = outgoing
        self._origin = origin
        self._pace = pace

    async def send(self, claimed: Claimed) -> Verdict:
        """Make one attempt and store its outcome. A message may be sent twice but is never lost."""
        status: int | None = None
        try:
            verdict, status = await self._attempt(claimed)
        except Exception:
            log.exception("a message could not be written", delivery=str(claimed.id))
            verdict = TryAgain(Phrase("delivery-errors.not-written"))
        await self._settle(claimed, verdict, status)
        return verdict

    async def _attempt(self, claimed: Claimed) -> tuple[Verdict, int | None]:
        facts = await self._facts(claimed)
        if facts.is_withdrawn:
            return Unwanted(Phrase("delivery-errors.deleted")), None
        try:
            url = self._webhooks.read(claimed.url_sealed)
        except (NoKey, Unreadable):
            return TryAgain(Phrase("delivery-errors.no-key")), None
        if self._webhooks.refusal(url) is not None:
            return TryAgain(Phrase("delivery-errors.host-refused")), None
        payload = message_of(NoticeKind(claimed.kind), facts, self._origin)
        try:
            answer = await self._outgoing.post(url, payload)
        except Unreachable as fault:
            return TryAgain(fault.reason), None
        return verdict_of(answer, of_slack=is_of_slack(url)), answer.status

    async def _facts(self, claimed: Claimed) -> Facts:
        async with self._sessions() as session, session.begin():
            now = await transaction_now(session, self._clock)
            await enter_workspace(session, Scope(claimed.workspace_id, now, None))
            return await facts_of(
                session, claimed.workspace_id, claimed.event_seq, claimed.subscription_id
            )

    async def _settle(self, claimed: Claimed, verdict: Verdict, status: int | None) -> None:
        await settle(
            str(claimed.id),
            partial(
                finish,
                self._sessions,
                self._clock,
                claimed,
                verdict,
                status=status,
                gap=self._pace.gap,
            ),
            lease=self._pace.lease,
            pause_s=self._pace.settle_again_s,
        )
