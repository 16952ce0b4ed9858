"""Events of subscriptions."""

from typing import ClassVar

from dayline.kernel.db.events import Event
from dayline.notify.schemas import SubscriptionOut


class SubscriptionEvent(Event):
    """Something happened to a subscription. Only admins see it."""

    subscription: SubscriptionOut


class SubscriptionCreated(SubscriptionEvent):
    """A subscription was created."""

    kind: ClassVar[str] = "subscription.created"


class SubscriptionChanged(SubscriptionEvent):
    """The name, webhook, kinds or projects changed, or the subscription was turned on."""

    kind: ClassVar[str] = "subscription.changed"


class SubscriptionDisabled(SubscriptionEvent):
    """An admin turned it off, or Slack no longer accepts its messages."""

    kind: ClassVar[str] = "subscription.disabled"


class SubscriptionDeleted(SubscriptionEvent):
    """A subscription and its deliveries were deleted."""

    kind: ClassVar[str] = "subscription.deleted"
