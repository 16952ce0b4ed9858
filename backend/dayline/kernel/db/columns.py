"""Columns and constraints that the tables of all rooms share."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import Enum, ForeignKeyConstraint, MetaData
from sqlmodel import Field, SQLModel

from dayline.kernel.db.ids import new_id

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


def text_enum(kind: type[StrEnum]) -> Enum:
    """Return a text column with a CHECK, which stores the values of an enum.

    PostgreSQL's own enums are not leakproof: row-level security would keep them from using indexes.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=_snake(kind.__name__),
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def points_to(column: str, table: str, *, ondelete: str | None = None) -> ForeignKeyConstraint:
    """Return a foreign key within a workspace: (workspace_id, column) → (workspace_id, id)."""
    return ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{table}.workspace_id", f"{table}.id"],
        ondelete=ondelete,
    )


class WorkspaceRow(SQLModel):
    """A row of one workspace. The key starts with the workspace, which isolates and shards it."""

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspaces.id")
    id: UUID = Field(default_factory=new_id, primary_key=True)


class Revised(SQLModel):
    """A row that people edit. `rev` grows with each change and guards it (ETag, If-Match)."""

    rev: int = Field(default=1)
