"""Phrases in rows: stored by key and parameters, so that each reader sees them in their language.

Rows written before phrases were stored have English text, which is shown as it is.
"""

import json
from typing import Any

from dayline.core.phrase import Phrase

_KEY = "phrase"


def stored(said: Phrase | str) -> str:
    """Return a phrase of texts, numbers and phrases as JSON, and any other text as it is."""
    return said if isinstance(said, str) else json.dumps(_packed(said), ensure_ascii=False)


def restored(text: str) -> Phrase | str:
    """Return the phrase that was stored, or else the text."""
    if not text.startswith(f'{{"{_KEY}": '):
        return text
    found: Phrase = json.loads(text, object_hook=_phrase)
    return found


def _packed(phrase: Phrase) -> dict[str, Any]:
    values = {
        name: _packed(value) if isinstance(value, Phrase) else value
        for name, value in phrase.values.items()
    }
    return {_KEY: phrase.key, **values}


def _phrase(packed: dict[str, Any]) -> Phrase:
    return Phrase(packed.pop(_KEY), **packed)
