"""What happens to subscriptions."""

from typing import ClassVar

from dayline.kernel.db.events import Event
from dayline.notify.schemas import SubscriptionOut


class SubscriptionEvent(Event):
    """Something happened to a subscription. It is for admins alone."""

    subscription: SubscriptionOut


class SubscriptionCreated(SubscriptionEvent):
    """A channel is told what happens."""

    kind: ClassVar[str] = "subscription.created"


class SubscriptionChanged(SubscriptionEvent):
    """Its name, webhook, kinds or projects changed, or it was turned on."""

    kind: ClassVar[str] = "subscription.changed"


class SubscriptionDisabled(SubscriptionEvent):
    """It was turned off: by an admin, or because Slack no longer takes its messages."""

    kind: ClassVar[str] = "subscription.disabled"


class SubscriptionDeleted(SubscriptionEvent):
    """It is gone, and its deliveries with it."""

    kind: ClassVar[str] = "subscription.deleted"
