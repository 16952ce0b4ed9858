"""The tables of the room above that decide who sees a timer; its own code imports this room."""

from sqlalchemy import Uuid, column, table

TOPICS = table("topics", column("workspace_id", Uuid), column("id", Uuid))
PARTICIPANTS = table(
    "topic_participants",
    column("workspace_id", Uuid),
    column("topic_id", Uuid),
    column("member_id", Uuid),
)
"""Who takes part in direct topics, and so sees them."""
