"""The timer document as SQL, for statements that record thousands of events at once.

The result equals `timer_document` for the same row. Local times come from `Timer.local`, so
PostgreSQL converts no time zones.
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
    """Return a SQL expression (jsonb) that builds the timer document from the columns of `row`."""
    members = (f"'{name}', {_member(row, name)}" for name in TimerOut.model_fields)
    return f"jsonb_build_object({', '.join(members)})"


def _member(row: str, name: str) -> str:
    if name == "cancelled_at":
        return f"CASE WHEN {row}.end_reason = 'cancelled' THEN {_instant(row, 'ended_at')} END"
    if name == "state":
        return state_sql(row)
    return _instant(row, name) if name in _INSTANTS else f"{row}.{name}"


def _instant(row: str, name: str) -> str:
    """Return SQL that formats an instant in UTC. Seconds have a fraction only if it isn't zero."""
    written = f'to_char({row}.{name}, \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\')'
    return f"replace({written}, '.000000Z', 'Z')"
