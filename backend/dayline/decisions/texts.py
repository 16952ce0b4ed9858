"""What a decision says, told to those who follow what texts link to."""

from dayline.decisions.models import Decision
from dayline.identity.caller import Caller
from dayline.kernel.text.markdown import references_in
from dayline.messages import hooks

TEXTS = ("context", "recommendation", "outcome", "rationale")


async def tell_texts(caller: Caller, decision: Decision) -> None:
    """Say that a text of the decision was written or changed."""
    titles = await references_in(getattr(decision, name) for name in TEXTS)
    await hooks.text_written(caller, decision.topic_id, None, titles)
