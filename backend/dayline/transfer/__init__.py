"""A team's past: read from other tools, replayed through the agreement, imported and exported."""
