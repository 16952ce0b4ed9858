"""A team's past: read from elsewhere, replayed through the agreement, imported."""
