"""The full document of a reference."""

from itertools import chain

from dayline.identity.caller import Caller
from dayline.references.links import linked_from, linked_from_references
from dayline.references.models import Reference
from dayline.references.queries import card_of
from dayline.references.schemas import NotedExplanation, ReferenceOut
from dayline.references.subjects import explanations_of, subjects_of


async def reference_document(caller: Caller, reference: Reference) -> ReferenceOut:
    """A reference with its text, the explanations it answers, and who links to it."""
    card = await card_of(caller.session, reference)
    return ReferenceOut(
        **card.model_dump(),
        body=reference.body,
        body_html=reference.body_html,
        created_by=reference.created_by,
        explanations=await _answered(caller, reference),
        linked_from=await linked_from(caller, reference),
        linked_from_references=await linked_from_references(caller, reference),
    )


async def _answered(caller: Caller, reference: Reference) -> list[NotedExplanation]:
    """The explanations of the subjects that it answers, earliest first."""
    explained = await explanations_of(caller, await subjects_of(caller, reference.id))
    return sorted(chain.from_iterable(explained.values()), key=lambda each: each.explained_at)
