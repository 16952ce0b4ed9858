"""The search column of each searched table, declared for the migrations only.

PostgreSQL computes it and only the function `search_hits` reads it. No model has it, so other
statements never load it.
"""

from sqlalchemy import Column, Computed, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import SQLModel

for _name in ("tasks", "topics", "messages", "projects", "decisions", "reference_pages"):
    _table = SQLModel.metadata.tables[_name]
    _words = Column("words", TSVECTOR(), Computed("search_vector()", persisted=True))
    _table.append_column(_words)
    Index(f"ix_{_name}_words", _words, postgresql_using="gin")
