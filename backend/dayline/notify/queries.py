"""Reading subscriptions and deliveries. Only admins may."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Query
from sqlalchemy import Select, select
from sqlmodel import col

from dayline.identity.caller import Caller
from dayline.kernel.db.finding import find_one
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.jobs.outbox import DeliveryState
from dayline.notify.models import Delivery, NoticeKind, Subscription


async def get_subscription(
    caller: Caller, subscription_id: UUID, *, for_update: bool = False
) -> Subscription:
    """The subscription with this id. Raises NotFound."""
    found = _subscriptions(caller).where(col(Subscription.id) == subscription_id)
    return await find_one(caller.session, found, for_update=for_update)


async def list_subscriptions(caller: Caller, page: PageRequest) -> Page[Subscription]:
    """A page of the workspace's subscriptions, latest first."""
    order = [Key(col(Subscription.id), UUID, descending=True)]
    rows = (
        await caller.session.scalars(paged(_subscriptions(caller), order, page, "latest"))
    ).all()
    return cut(rows, page, "latest", lambda subscription: [subscription.id])


def _subscriptions(caller: Caller) -> Select[Subscription]:
    return select(Subscription).where(col(Subscription.workspace_id) == caller.workspace_id)


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """Filters of the list of deliveries. Null filters nothing."""

    subscription: Annotated[
        UUID | None, Query(description="Only deliveries to the channel with this subscription id.")
    ] = None
    state: Annotated[DeliveryState | None, Query(description="Only deliveries in this state.")] = (
        None
    )
    kind: Annotated[NoticeKind | None, Query(description="Only notifications of this kind.")] = None

    def of(self, statement: Select[Delivery]) -> Select[Delivery]:
        """The statement with a condition for each filter that is set."""
        if self.subscription is not None:
            statement = statement.where(col(Delivery.subscription_id) == self.subscription)
        if self.state is not None:
            statement = statement.where(col(Delivery.state) == self.state)
        if self.kind is not None:
            statement = statement.where(col(Delivery.kind) == self.kind)
        return statement


async def get_delivery(caller: Caller, delivery_id: UUID, *, for_update: bool = False) -> Delivery:
    """The delivery with this id. Raises NotFound."""
    found = _deliveries(caller).where(col(Delivery.id) == delivery_id)
    return await find_one(caller.session, found, for_update=for_update)


async def list_deliveries(
    caller: Caller, page: PageRequest, wanted: DeliveryFilter
) -> Page[Delivery]:
    """A page of the deliveries that match the filter, latest first."""
    order = [Key(col(Delivery.id), UUID, descending=True)]
    statement = paged(wanted.of(_deliveries(caller)), order, page, "latest")
    rows = (await caller.session.scalars(statement)).all()
    return cut(rows, page, "latest", lambda delivery: [delivery.id])


def _deliveries(caller: Caller) -> Select[Delivery]:
    return select(Delivery).where(col(Delivery.workspace_id) == caller.workspace_id)
