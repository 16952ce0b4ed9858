"""HTTP routes of subscriptions and deliveries, for admins."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response

from dayline.identity.caller import AdminPosts, AdminReads, AdminWrites
from dayline.kernel.http.idempotency import IdempotentRoute, SecretRoute
from dayline.kernel.http.language import say
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.own_site import OwnAddress
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.revisions import ExpectedRev, etag
from dayline.kernel.http.routing import Room, at_once
from dayline.kernel.jobs.outbox import Delivered
from dayline.kernel.ops.outgoing import Outgoing, Unreachable
from dayline.members.queries import get_workspace
from dayline.notify import actions
from dayline.notify.message import greeting
from dayline.notify.models import Subscription
from dayline.notify.problems import (
    DeliveryUnderWay,
    NoSecretKey,
    SubscriptionDisabled,
    WebhookBusy,
    WebhookUnreadable,
)
from dayline.notify.queries import (
    DeliveryFilter,
    get_delivery,
    get_subscription,
    list_deliveries,
    list_subscriptions,
)
from dayline.notify.schemas import (
    DeliveryOut,
    SubscriptionEdit,
    SubscriptionIn,
    SubscriptionOut,
    TestOut,
)
from dayline.notify.verdicts import said_by, verdict_of
from dayline.notify.webhooks import Webhooks, is_of_slack

router = Room(prefix="/api", tags=["notify"], route_class=IdempotentRoute)
tests = APIRouter(route_class=SecretRoute)

SUBSCRIPTIONS = "/workspaces/{workspace}/subscriptions"
SUBSCRIPTION = SUBSCRIPTIONS + "/{subscription_id}"
DELIVERIES = "/workspaces/{workspace}/deliveries"
DELIVERY = DELIVERIES + "/{delivery_id}"

SubscriptionId = Annotated[UUID, Path(description="The id of the channel's subscription.")]
DeliveryId = Annotated[UUID, Path(description="The delivery's id.")]


def _webhooks(request: Request) -> Webhooks:
    return Webhooks(request.app.state.settings)


KnownWebhooks = Annotated[Webhooks, Depends(_webhooks)]


@router.get(SUBSCRIPTIONS)
async def subscriptions_list(
    caller: AdminReads, request: Request, response: Response, page: Paging
) -> list[SubscriptionOut]:
    """List the connected Slack channels, latest first."""
    found = await list_subscriptions(caller, page)
    link_next(request, response, found)
    return [SubscriptionOut.model_validate(subscription) for subscription in found.items]


@router.post(SUBSCRIPTIONS, status_code=201, responses=answers(NoSecretKey))
async def subscriptions_create(
    caller: AdminPosts,
    request: Request,
    response: Response,
    new: SubscriptionIn,
    webhooks: KnownWebhooks,
) -> SubscriptionOut:
    """Connect a Slack channel, which is notified from now on.

    It is never notified about direct topics.
    """
    made = await actions.create_subscription(caller, new, webhooks)
    response.headers["Location"] = f"{request.url.path}/{made.id}"
    return _shown(response, made)


@router.get(SUBSCRIPTION)
async def subscriptions_get(
    caller: AdminReads, response: Response, subscription_id: SubscriptionId
) -> SubscriptionOut:
    """Get a connected channel."""
    return _shown(response, await get_subscription(caller, subscription_id))


@router.patch(SUBSCRIPTION, responses=answers(NoSecretKey))
async def subscriptions_update(
    caller: AdminWrites,
    response: Response,
    subscription_id: SubscriptionId,
    expected_rev: ExpectedRev,
    edit: SubscriptionEdit,
    *,
    webhooks: KnownWebhooks,
) -> SubscriptionOut:
    """Change a connected channel, or turn its notifications off or on."""
    changed = await actions.edit_subscription(caller, subscription_id, expected_rev, edit, webhooks)
    return _shown(response, changed)


@router.delete(SUBSCRIPTION, status_code=204)
async def subscriptions_delete(caller: AdminWrites, subscription_id: SubscriptionId) -> None:
    """Disconnect a channel and delete its deliveries."""
    await actions.delete_subscription(caller, subscription_id)


@tests.post(SUBSCRIPTION + "/test", responses=answers(NoSecretKey, WebhookUnreadable, WebhookBusy))
async def subscriptions_test(
    caller: AdminPosts,
    address: OwnAddress,
    subscription_id: SubscriptionId,
    webhooks: KnownWebhooks,
) -> TestOut:
    """Send a test message to a channel and return Slack's response.

    This also works while notifications are turned off, and doesn't turn them on.
    """
    subscription = await get_subscription(caller, subscription_id)
    url = await actions.take_webhook(caller, subscription_id, webhooks)
    workspace = await get_workspace(caller)
    payload = greeting(subscription.name, address, subscription.language or workspace.language)
    await caller.session.commit()  # frees the connection while Slack answers
    return await _post(url, payload, webhooks)


async def _post(url: str, payload: dict[str, object], webhooks: Webhooks) -> TestOut:
    if (refusal := webhooks.refusal(url)) is not None:
        return TestOut(delivered=False, status=None, said=say(refusal))
    outgoing = Outgoing(webhooks.hosts)
    try:
        answer = await outgoing.post(url, payload)
    except Unreachable as fault:
        return TestOut(delivered=False, status=None, said=say(fault.reason))
    finally:
        await outgoing.close()
    of_slack = is_of_slack(url)
    delivered = isinstance(verdict_of(answer, of_slack=of_slack), Delivered)
    said = said_by(answer, of_slack=of_slack)
    return TestOut(delivered=delivered, status=answer.status, said=said)


@router.get(DELIVERIES)
async def deliveries_list(
    caller: AdminReads,
    request: Request,
    response: Response,
    page: Paging,
    wanted: Annotated[DeliveryFilter, Depends(at_once(DeliveryFilter))],
) -> list[DeliveryOut]:
    """List the notifications of channels, latest first.

    Finished ones are kept for 30 days.
    """
    found = await list_deliveries(caller, page, wanted)
    link_next(request, response, found)
    return [DeliveryOut.model_validate(delivery) for delivery in found.items]


@router.get(DELIVERY)
async def deliveries_get(caller: AdminReads, delivery_id: DeliveryId) -> DeliveryOut:
    """Get a delivery."""
    return DeliveryOut.model_validate(await get_delivery(caller, delivery_id))


@router.post(DELIVERY + "/repeat", responses=answers(DeliveryUnderWay, SubscriptionDisabled))
async def deliveries_repeat(caller: AdminPosts, delivery_id: DeliveryId) -> DeliveryOut:
    """Send a finished delivery again."""
    return DeliveryOut.model_validate(await actions.repeat_delivery(caller, delivery_id))


def _shown(response: Response, subscription: Subscription) -> SubscriptionOut:
    response.headers["ETag"] = etag(subscription.rev)
    return SubscriptionOut.model_validate(subscription)


router.include_router(tests)
