"""The SQL statements of the sweep: finding timers that are due, and firing them."""

from sqlalchemy import TextClause, text

from dayline.kernel.db import events
from dayline.kernel.jobs.failed_jobs import Queue, held_back_sql
from dayline.timers.documents import document_of
from dayline.timers.events import AUDIENCE_ID, TimerBreached, TimerWarned

_RUNS = "ended_at IS NULL AND breached_at IS NULL AND paused_at IS NULL"
_NOT_HELD_BACK = f"id <> ALL ({held_back_sql(Queue.TIMERS)})"

DUE = text(
    f"""
    SELECT id FROM timers
    WHERE workspace_id = :workspace_id AND {_RUNS} AND {_NOT_HELD_BACK}
        AND (due_at <= :now OR (warned_at IS NULL AND warn_at <= :now))
    ORDER BY due_at LIMIT :most
    """  # noqa: S608 -- SQL of this code
)
"""The ids of due timers that are not held back, the longest overdue first.

This includes locked timers, which FIRE skips.
"""


def _firing(which: str) -> TextClause:
    """Return a statement that fires the due timers among those that match `which`.

    It breaches and warns of at most `:most` timers each, and records their events in the order of
    the instants. A timer that is already overdue gets no warning, only the breach. Events have
    the audience of `audience_of`.
    """
    return events.storing(
        f"""
    overdue AS (
        SELECT id FROM timers
        WHERE workspace_id = :workspace_id AND {_RUNS} AND due_at <= :now AND {which}
        ORDER BY due_at LIMIT :most
        FOR NO KEY UPDATE SKIP LOCKED
    ),
    running_out AS (
        SELECT id FROM timers
        WHERE workspace_id = :workspace_id AND {_RUNS} AND warned_at IS NULL
            AND warn_at <= :now AND due_at > :now AND {which}
        ORDER BY warn_at LIMIT :most
        FOR NO KEY UPDATE SKIP LOCKED
    ),
    breached AS (
        UPDATE timers SET breached_at = due_at, rev = rev + 1,
            escalates_at = CASE WHEN escalation <> '[]' THEN due_at END
        WHERE workspace_id = :workspace_id AND id IN (SELECT id FROM overdue)
        RETURNING *
    ),
    warned AS (
        UPDATE timers SET warned_at = :now, rev = rev + 1
        WHERE workspace_id = :workspace_id AND id IN (SELECT id FROM running_out)
        RETURNING *
    ),
    recovered AS (
        DELETE FROM failed_jobs
        WHERE workspace_id = :workspace_id AND queue = '{Queue.TIMERS}' AND item_id IN (
            SELECT id FROM overdue UNION ALL SELECT id FROM running_out
        )
    ),
    fired AS (
        SELECT '{TimerBreached.kind}' AS happened, due_at AS since, * FROM breached
        UNION ALL
        SELECT '{TimerWarned.kind}', warn_at, * FROM warned
    ),
    happened AS (
        SELECT row_number() OVER (ORDER BY since, id) AS place, happened AS kind,
            CAST(:now AS timestamptz) AS at, CAST(NULL AS uuid) AS actor_id,
            CASE WHEN project_id IS NULL THEN 'topic' ELSE 'team' END AS audience,
            {AUDIENCE_ID} AS audience_id,
            CAST(NULL AS uuid) AS subject_id,
            jsonb_build_object('timer', {document_of("fired")}) AS data
        FROM fired
    )
    """  # noqa: S608 -- SQL of this code
    )


FIRE = _firing(_NOT_HELD_BACK)
FIRE_THESE = _firing("id = ANY (CAST(:ids AS uuid[]))")
