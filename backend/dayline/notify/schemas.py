"""Request and response schemas of subscriptions and deliveries."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from dayline.kernel.http.language import Language, StoredText
from dayline.kernel.jobs.outbox import DeliveryState
from dayline.kernel.schemas import CreatedAt, Id, Input, Line, Output, Rev, one_line
from dayline.notify.models import NoticeKind

WebhookUrl = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(one_line),
    Field(
        description="The URL of a Slack incoming webhook. It is stored encrypted and never "
        "shown again.",
        examples=["https://hooks.slack.com/services/T000/B000/XXXX"],
    ),
]
Kinds = Annotated[
    list[NoticeKind],
    Field(
        min_length=1,
        max_length=len(NoticeKind),
        description="What the channel is notified about.",
        examples=[["urgent", "breach"]],
    ),
]
ProjectIds = Annotated[
    list[UUID] | None,
    Field(
        min_length=1,
        max_length=200,
        description="The ids of the projects to notify about. Null for all projects.",
    ),
]

ChannelLanguage = Annotated[
    Language | None,
    Field(description="The language of the channel's messages. Null follows the workspace."),
]


# Meanings that several schemas share.
NAME = Field(description="What the channel is called.")


class SubscriptionOut(Output):
    """A Slack channel that is notified about what happens."""

    id: Id
    name: Annotated[str, NAME]
    url: str = Field(
        description="The webhook URL with only the last four characters of its secret.",
        examples=["https://hooks.slack.com/…XXXX"],
        validation_alias="url_shown",
    )
    kinds: list[NoticeKind] = Field(description="What the channel is notified about.")
    project_ids: list[UUID] | None = Field(
        description="The ids of the projects to notify about. Null for all projects."
    )
    created_at: CreatedAt
    created_by: UUID = Field(description="The id of the admin who connected the channel.")
    disabled_at: datetime | None = Field(
        description="When notifications were turned off. Null while they are on."
    )
    disabled_reason: StoredText | None = Field(
        description="Why notifications were turned off. Null while they are on."
    )
    language: str | None = Field(
        description="The language of the channel's messages. Null follows the workspace.",
        examples=["en"],
    )
    rev: Rev


class SubscriptionIn(Input):
    """A Slack channel to connect."""

    name: Annotated[Line, NAME] = Field(examples=["#delivery"])
    url: WebhookUrl
    kinds: Kinds
    project_ids: ProjectIds = None
    language: ChannelLanguage = None


class SubscriptionEdit(Input):
    """Changes to a channel. Fields left out stay the same. A new URL turns it on again."""

    name: Annotated[Line, NAME] = Field(default_factory=str)
    url: WebhookUrl = Field(default_factory=str)
    kinds: Kinds = Field(default_factory=list)
    project_ids: ProjectIds = None
    language: ChannelLanguage = None
    enabled: bool = Field(
        default_factory=bool,
        description="False turns notifications off and drops waiting ones. True turns them "
        "on from now on.",
    )


class TestOut(Output):
    """The result of a test message."""

    delivered: bool = Field(description="Whether Slack accepted the message.")
    status: int | None = Field(
        description="The HTTP status of Slack's response. Null if there was no response."
    )
    said: str = Field(
        description="The text of Slack's response, or why there was none.", examples=["ok"]
    )


class DeliveryOut(Output):
    """The notification of one channel about one event."""

    id: Id
    subscription_id: UUID = Field(description="The id of the channel's subscription.")
    event_seq: int = Field(description="The number of the event in the workspace.")
    event_id: UUID = Field(description="The id of the event.")
    kind: NoticeKind = Field(description="What the channel is notified about.")
    state: DeliveryState = Field(description="How far the delivery has come.")
    attempts: int = Field(description="How many times sending was tried.")
    created_at: CreatedAt
    next_attempt_at: datetime | None = Field(
        description="When sending is tried next. Null unless the delivery is pending."
    )
    lease_until: datetime | None = Field(
        description="When another worker takes over the delivery. Null unless it is being sent."
    )
    first_attempt_at: datetime | None = Field(
        description="When sending was first tried. Null if it hasn't been yet."
    )
    last_attempt_at: datetime | None = Field(
        description="When sending was last tried. Null if it hasn't been yet."
    )
    last_status: int | None = Field(
        description="The HTTP status of Slack's last response. Null if there was none."
    )
    last_error: StoredText | None = Field(
        description="Why the last attempt failed. Null if it didn't fail."
    )
    settled_at: datetime | None = Field(
        description="When the delivery was delivered, failed or dropped. Null until then."
    )
