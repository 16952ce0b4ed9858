"""Problems of subscriptions and deliveries."""

from dayline.kernel.errors import Conflict, TooManyRequests


class NoSecretKey(Conflict):
    """This server has no key to keep webhooks with; its operator sets DAYLINE_SECRET_KEY."""

    slug = "no-secret-key"


class WebhookUnreadable(Conflict):
    """The webhook was stored with another key. Its URL must be entered again."""

    slug = "webhook-unreadable"


class SubscriptionDisabled(Conflict):
    """The subscription is turned off. Turn it on first."""

    slug = "subscription-disabled"


class DeliveryUnderWay(Conflict):
    """The delivery is still under way."""

    slug = "delivery-under-way"


class WebhookBusy(TooManyRequests):
    """Something else is being sent to this webhook. Try again in a moment."""

    slug = "webhook-busy"
