"""The document of a timer as PostgreSQL writes it: for statements that tell of thousands at once.

It is what `timer_document` makes of the same row, member for member; `Timer.local` is there
already, and so no zone is looked at.
"""

from datetime import datetime

from dayline.timers.schemas import TimerOut
from dayline.timers.states import state_sql

_INSTANTS = {
    name
    for name, field in TimerOut.model_fields.items()
    if field.annotation in (datetime, datetime | None)
}


def document_of(row: str) -> str:
    """The jsonb expression of the timer in the columns of `row`."""
    members = (f"'{name}', {_member(row, name)}" for name in TimerOut.model_fields)
    return f"jsonb_build_object({', '.join(members)})"


def _member(row: str, name: str) -> str:
    if name == "cancelled_at":
        return f"CASE WHEN {row}.end_reason = 'cancelled' THEN {_instant(row, 'ended_at')} END"
    if name == "state":
        return state_sql(row)
    return _instant(row, name) if name in _INSTANTS else f"{row}.{name}"


def _instant(row: str, name: str) -> str:
    """An instant in UTC, as documents write it: a fraction only where there is one."""
    written = f'to_char({row}.{name}, \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\')'
    return f"replace({written}, '.000000Z', 'Z')"
