"""Events of the agreement."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from dayline.agreements.schemas import AgreementCard
from dayline.kernel.db.events import Event


class AgreementDrafted(Event):
    """The draft of the next version changed. `rev` is its new revision."""

    kind: ClassVar[str] = "agreement.drafted"
    rev: int


class AgreementPublished(Event):
    """A version was published. From its `in_force_from` on, it supersedes the previous one."""

    kind: ClassVar[str] = "agreement.published"
    agreement: AgreementCard


class AgreementSigned(Event):
    """A member signed a version."""

    kind: ClassVar[str] = "agreement.signed"
    agreement_version: int
    member_id: UUID
    signed_at: datetime
