"""The document of a version: its text and its signatures."""

from dayline.agreements.queries import agreement_cards, get_version, signatures_of, signers
from dayline.agreements.schemas import AgreementCard, AgreementOut
from dayline.core.agreement import in_force, is_superseded, superseded_from
from dayline.identity.caller import Caller
from dayline.kernel.errors import NotFound


async def agreement_document(caller: Caller, version: int | None) -> AgreementOut:
    """Return a version (default: the one in force) as the caller sees it. Raises NotFound."""
    cards = await agreement_cards(caller.session, caller.workspace_id)
    card = in_force(cards, caller.now) if version is None else _numbered(cards, version)
    row = await get_version(caller, card.version)
    document = AgreementOut(
        **dict(card),
        text=row.text,
        text_html=row.text_html,
        superseded_from=superseded_from(card.version, cards),
        signatures=None,
        unsigned=None,
        unsigned_by_me=False,
    )
    if caller.is_guest:
        return document
    is_over = is_superseded(card.version, cards, caller.now)
    return await _with_signatures(caller, document, is_over)


def _numbered(cards: list[AgreementCard], version: int) -> AgreementCard:
    for card in cards:
        if card.version == version:
            return card
    raise NotFound


async def _with_signatures(caller: Caller, document: AgreementOut, is_over: bool) -> AgreementOut:
    signatures = await signatures_of(caller, document.id)
    signed = {signature.member_id for signature in signatures}
    asked = [] if is_over else await signers(caller)
    unsigned = [signer for signer in asked if signer.member_id not in signed]
    by_me = caller.member_id in {signer.member_id for signer in unsigned}
    changed = {"signatures": signatures, "unsigned": unsigned, "unsigned_by_me": by_me}
    return document.model_copy(update=changed)
