"""Counts that imports and replays state alike."""

from collections.abc import Mapping

from dayline.core.phrase import Phrase


def skipped_in(skipped: Mapping[str, int]) -> list[Phrase]:
    """Return how many entries of each kind were left out, without those of which there are none."""
    return [
        Phrase("imports.skipped", why=why, count=count) for why, count in skipped.items() if count
    ]
