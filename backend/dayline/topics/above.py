"""The tables of rooms above that decide what may change here; their own code imports this room."""

from sqlalchemy import Uuid, column, table

DECISIONS = table("decisions", column("workspace_id", Uuid), column("message_id", Uuid))
"""Which messages opened decisions."""
