"""Request and response schemas of subscriptions and deliveries."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from dayline.kernel.http.language import Language
from dayline.kernel.jobs.outbox import DeliveryState
from dayline.kernel.schemas import Input, Line, Output, one_line
from dayline.notify.models import NoticeKind

WebhookUrl = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(one_line),
    Field(
        description="The address of a Slack incoming webhook. It is kept encrypted and never "
        "shown again.",
        examples=["https://hooks.slack.com/services/T000/B000/XXXX"],
    ),
]
Kinds = Annotated[
    list[NoticeKind],
    Field(
        min_length=1,
        max_length=len(NoticeKind),
        description="What the channel is told.",
        examples=[["urgent", "breach"]],
    ),
]
ProjectIds = Annotated[
    list[UUID] | None,
    Field(min_length=1, max_length=200, description="Only these projects; null: all of them."),
]

ChannelLanguage = Annotated[
    Language | None,
    Field(description="The channel's language. Null follows the workspace."),
]


class SubscriptionOut(Output):
    """A Slack channel that is told what happens."""

    id: UUID
    name: str
    url: str = Field(
        description="The webhook without its secret but for the last four characters.",
        examples=["https://hooks.slack.com/…XXXX"],
        validation_alias="url_shown",
    )
    kinds: list[NoticeKind]
    project_ids: list[UUID] | None = Field(description="Only these projects; null: all of them.")
    created_at: datetime
    created_by: UUID
    disabled_at: datetime | None = Field(description="Since when it is turned off.")
    disabled_reason: str | None
    language: str | None = Field(
        description="The channel's language. Null follows the workspace.", examples=["en"]
    )
    rev: int


class SubscriptionIn(Input):
    """A new subscription."""

    name: Line = Field(examples=["#delivery"])
    url: WebhookUrl
    kinds: Kinds
    project_ids: ProjectIds = None
    language: ChannelLanguage = None


class SubscriptionEdit(Input):
    """What changes; what is left out stays as it is. A new address turns it on again."""

    name: Line = Field(default_factory=str)
    url: WebhookUrl = Field(default_factory=str)
    kinds: Kinds = Field(default_factory=list)
    project_ids: ProjectIds = None
    language: ChannelLanguage = None
    enabled: bool = Field(
        default_factory=bool,
        description="False turns it off and drops what waits; true tells what happens from now on.",
    )


class TestOut(Output):
    """What came of a test message."""

    delivered: bool
    status: int | None = Field(description="Slack's HTTP status; null where no answer came.")
    said: str = Field(description="Slack's answer, or why none came.", examples=["ok"])


class DeliveryOut(Output):
    """One event on its way to one subscription."""

    id: UUID
    subscription_id: UUID
    event_seq: int = Field(description="The event's number in the workspace.")
    event_id: UUID
    kind: NoticeKind
    state: DeliveryState
    attempts: int
    created_at: datetime
    next_attempt_at: datetime | None = Field(description="When it is tried, while it is pending.")
    lease_until: datetime | None = Field(
        description="While it is sent: when another worker takes it over."
    )
    first_attempt_at: datetime | None
    last_attempt_at: datetime | None
    last_status: int | None = Field(description="Slack's last HTTP status.")
    last_error: str | None = Field(description="Why it is not delivered.")
    settled_at: datetime | None = Field(
        description="Since when it is delivered, failed or dropped."
    )
