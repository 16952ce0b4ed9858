"""What admins do with subscriptions and deliveries."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.identity.problems import violates
from dayline.kernel.db import events
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.events import Audience
from dayline.kernel.errors import Invalid
from dayline.kernel.http.revisions import check_rev
from dayline.kernel.jobs.event_consumer import begin_cursor, latest
from dayline.kernel.jobs.outbox import DeliveryState
from dayline.kernel.ops.vault import NoKey, Unreadable
from dayline.kernel.text.stored import stored
from dayline.notify.events import (
    SubscriptionChanged,
    SubscriptionCreated,
    SubscriptionDeleted,
    SubscriptionDisabled,
    SubscriptionEvent,
)
from dayline.notify.models import Delivery, Subscription
from dayline.notify.problems import DeliveryUnderWay, NoSecretKey, WebhookBusy, WebhookUnreadable
from dayline.notify.problems import SubscriptionDisabled as IsDisabled
from dayline.notify.queries import get_delivery, get_subscription
from dayline.notify.relay import RELAY
from dayline.notify.schemas import SubscriptionEdit, SubscriptionIn, SubscriptionOut
from dayline.notify.webhooks import Webhooks
from dayline.projects.models import Project

GAP = timedelta(seconds=1)
"""Slack accepts one message per second and webhook."""
TURNED_OFF = Phrase("delivery-errors.turned-off")


async def create_subscription(
    caller: Caller, new: SubscriptionIn, webhooks: Webhooks
) -> Subscription:
    """Create a subscription that posts events from now on. Raises Invalid, NoSecretKey."""
    await _check_projects(caller, new.project_ids)
    subscription = Subscription(
        workspace_id=caller.workspace_id,
        name=new.name,
        kinds=_named(new.kinds),
        project_ids=new.project_ids,
        language=new.language,
        after_seq=await _start_relaying(caller),
        free_at=caller.now,
        created_at=caller.now,
        created_by=caller.member_id,
        **_columns(webhooks, new.url),
    )
    caller.session.add(subscription)
    await _flush(caller)
    _record(caller.session, SubscriptionCreated, subscription)
    return subscription


async def edit_subscription(
    caller: Caller,
    subscription_id: UUID,
    expected_rev: int,
    edit: SubscriptionEdit,
    webhooks: Webhooks,
) -> Subscription:
    """Edit a subscription, and turn it off or on. Raises NotFound, Invalid, NoSecretKey."""
    subscription = await get_subscription(caller, subscription_id, for_update=True)
    check_rev(subscription, expected_rev)
    await _apply(caller, subscription, edit, webhooks)
    turned = edit.enabled if "enabled" in edit.model_fields_set else None
    if turned is False and subscription.disabled_at is None:
        await disable(caller.session, subscription, TURNED_OFF)
        return subscription
    if subscription.disabled_at is not None and (turned or _has_new_url(edit, turned)):
        await _enable(caller, subscription)
    subscription.rev += 1
    await caller.session.flush()
    _record(caller.session, SubscriptionChanged, subscription)
    return subscription


async def _apply(
    caller: Caller, subscription: Subscription, edit: SubscriptionEdit, webhooks: Webhooks
) -> None:
    given = edit.model_fields_set
    if "language" in given:
        subscription.language = edit.language
    if "project_ids" in given:
        await _check_projects(caller, edit.project_ids)
        subscription.project_ids = edit.project_ids
    if "name" in given:
        subscription.name = edit.name
    if "kinds" in given:
        subscription.kinds = _named(edit.kinds)
    if "url" in given:
        for field, value in _columns(webhooks, edit.url).items():
            setattr(subscription, field, value)
    await _flush(caller)


def _has_new_url(edit: SubscriptionEdit, turned: bool | None) -> bool:
    return turned is None and "url" in edit.model_fields_set


async def delete_subscription(caller: Caller, subscription_id: UUID) -> None:
    """Delete a subscription and its deliveries. Raises NotFound."""
    subscription = await get_subscription(caller, subscription_id, for_update=True)
    _record(caller.session, SubscriptionDeleted, subscription)
    await caller.session.delete(subscription)
    await caller.session.flush()


async def disable(session: AsyncSession, subscription: Subscription, reason: Phrase) -> None:
    """Turn off a locked subscription, drop its pending deliveries and record an event for admins.

    Does nothing if it is off already.
    """
    if subscription.disabled_at is not None:
        return
    now = scope_of(session).now
    subscription.disabled_at = now
    subscription.disabled_reason = stored(reason)
    subscription.rev += 1
    await session.flush()
    await _drop_waiting(session, subscription, now)
    _record(session, SubscriptionDisabled, subscription)


async def _enable(caller: Caller, subscription: Subscription) -> None:
    subscription.disabled_at = subscription.disabled_reason = None
    subscription.after_seq = await _start_relaying(caller)
    await _drop_waiting(caller.session, subscription, caller.now)


async def _drop_waiting(session: AsyncSession, subscription: Subscription, now: datetime) -> None:
    """Drop pending deliveries and those with an expired lease. The others are left to finish."""
    waits = col(Delivery.state) == DeliveryState.PENDING
    left = (col(Delivery.state) == DeliveryState.SENDING) & (col(Delivery.lease_until) <= now)
    await session.execute(
        update(Delivery)
        .where(
            col(Delivery.workspace_id) == subscription.workspace_id,
            col(Delivery.subscription_id) == subscription.id,
            waits | left,
        )
        .values(
            state=DeliveryState.DROPPED,
            settled_at=now,
            next_attempt_at=None,
            lease_until=None,
            last_error=stored(Phrase("delivery-errors.channel-off")),
        )
    )


async def repeat_delivery(caller: Caller, delivery_id: UUID) -> Delivery:
    """Send a finished delivery again. Raises NotFound, DeliveryUnderWay, SubscriptionDisabled."""
    found = await get_delivery(caller, delivery_id)
    subscription = await get_subscription(caller, found.subscription_id, for_update=True)
    if subscription.disabled_at is not None:
        raise IsDisabled
    delivery = await get_delivery(caller, delivery_id, for_update=True)
    if delivery.settled_at is None:
        raise DeliveryUnderWay
    delivery.state = DeliveryState.PENDING
    delivery.next_attempt_at = caller.now
    delivery.settled_at = delivery.first_attempt_at = None
    await caller.session.flush()
    return delivery


async def take_webhook(caller: Caller, subscription_id: UUID, webhooks: Webhooks) -> str:
    """Reserve a free webhook for one message and return its URL.

    Raises NotFound, WebhookBusy, NoSecretKey, WebhookUnreadable.
    """
    subscription = await get_subscription(caller, subscription_id, for_update=True)
    if subscription.free_at > caller.now:
        raise WebhookBusy(headers={"Retry-After": "1"})
    subscription.free_at = caller.now + GAP
    await caller.session.flush()
    try:
        return webhooks.read(subscription.url_sealed)
    except NoKey as fault:
        raise NoSecretKey from fault
    except Unreadable as fault:
        raise WebhookUnreadable from fault


async def _start_relaying(caller: Caller) -> int:
    """Make sure that the workspace has a relay cursor. Returns the number of the latest event."""
    head = await latest(caller.session)
    await begin_cursor(caller.session, RELAY.name, head)
    return head


async def _check_projects(caller: Caller, project_ids: Sequence[UUID] | None) -> None:
    if project_ids is None:
        return
    found = await caller.session.scalars(
        select(col(Project.id)).where(
            col(Project.workspace_id) == caller.workspace_id, col(Project.id).in_(project_ids)
        )
    )
    if set(found) != set(project_ids):
        raise Invalid.field("project_ids", Phrase("fields.projects-elsewhere"))


def _columns(webhooks: Webhooks, url: str) -> dict[str, Any]:
    """The columns in which a webhook's URL is stored. Raises Invalid, NoSecretKey."""
    refusal = webhooks.refusal(url)
    if refusal is not None:
        raise Invalid.field("url", refusal)
    try:
        kept = webhooks.keep(url)
    except NoKey as fault:
        raise NoSecretKey from fault
    return {"url_sealed": kept.sealed, "url_hash": kept.hash, "url_shown": kept.shown}


def _named(kinds: Sequence[str]) -> list[str]:
    return sorted({str(kind) for kind in kinds})


async def _flush(caller: Caller) -> None:
    try:
        await caller.session.flush()
    except IntegrityError as fault:
        if violates(fault, "uq_subscriptions_workspace_id_url_hash"):
            raise Invalid.field("url", Phrase("fields.webhook-taken")) from fault
        raise


def _record(
    session: AsyncSession, happened: type[SubscriptionEvent], subscription: Subscription
) -> None:
    document = SubscriptionOut.model_validate(subscription)
    events.record(session, happened(subscription=document), Audience.admins())
