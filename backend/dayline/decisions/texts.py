"""The texts of a decision, and the links in them."""

from dayline.decisions.models import Decision
from dayline.identity.caller import Caller
from dayline.kernel.text.markdown import references_in
from dayline.messages import hooks

TEXTS = ("context", "recommendation", "outcome", "rationale")


async def report_texts(caller: Caller, decision: Decision) -> None:
    """Run the hook for written texts, with the references that the decision's texts link to."""
    titles = await references_in(getattr(decision, name) for name in TEXTS)
    await hooks.text_written(caller, decision.topic_id, None, titles)
