"""The table of the room above that a topic may belong to; its own code imports this room."""

from sqlalchemy import Integer, Text, Uuid, column, table

DECISIONS = table(
    "decisions",
    column("workspace_id", Uuid),
    column("id", Uuid),
    column("number", Integer),
    column("title", Text),
    column("status", Text),
    column("topic_id", Uuid),
).alias("named_decision")
