"""The search column of each searched table, declared for the migrations only.

PostgreSQL computes it and only the function `search_hits` reads it. No model has it, so other
statements never load it.
"""

from sqlalchemy import Column, Computed, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import SQLModel

from dayline.conversations import models as _topics  # noqa: F401 -- declares its tables
from dayline.decisions import models as _decisions  # noqa: F401
from dayline.messages import models as _messages  # noqa: F401
from dayline.projects import models as _projects  # noqa: F401
from dayline.references import models as _references  # noqa: F401
from dayline.tasks import models as _tasks  # noqa: F401

for _name in ("tasks", "topics", "messages", "projects", "decisions", "reference_pages"):
    _table = SQLModel.metadata.tables[_name]
    _words = Column("words", TSVECTOR(), Computed("search_vector()", persisted=True))
    _table.append_column(_words)
    Index(f"ix_{_name}_words", _words, postgresql_using="gin")
