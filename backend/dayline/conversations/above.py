"""The tables of rooms above that decide what may change here; their own code imports this room."""

from sqlalchemy import Boolean, Uuid, column, table

DECISIONS = table(
    "decisions",
    column("workspace_id", Uuid),
    column("topic_id", Uuid),
    column("message_id", Uuid),
    column("is_public", Boolean),
)
"""Which topics are of decisions, which messages opened them, and whether guests may read them."""
