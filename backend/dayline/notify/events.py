"""Events of subscriptions."""

from typing import ClassVar

from dayline.kernel.db.events import Event
from dayline.notify.schemas import SubscriptionOut


class SubscriptionEvent(Event):
    """Something happened to a subscription. Only admins see it."""

    subscription: SubscriptionOut


class SubscriptionCreated(SubscriptionEvent):
    """A channel was connected."""

    kind: ClassVar[str] = "subscription.created"


class SubscriptionChanged(SubscriptionEvent):
    """The name, webhook, kinds or projects of a channel changed, or it was turned on."""

    kind: ClassVar[str] = "subscription.changed"


class SubscriptionDisabled(SubscriptionEvent):
    """A channel was turned off by an admin, or because Slack rejected its messages."""

    kind: ClassVar[str] = "subscription.disabled"


class SubscriptionDeleted(SubscriptionEvent):
    """A channel was disconnected, and its deliveries were deleted."""

    kind: ClassVar[str] = "subscription.deleted"
