"""Doing something in each of several workspaces, so that one's fault keeps no other from theirs."""

from collections.abc import Awaitable, Callable, Iterable
from uuid import UUID


async def in_each(workspaces: Iterable[UUID], work: Callable[[UUID], Awaitable[int]]) -> int:
    """Do `work` in each workspace; the sum of what it returns.

    Raises an ExceptionGroup of the faults, after every workspace had its turn.
    """
    total, faults = 0, list[Exception]()
    for workspace_id in workspaces:
        try:
            total += await work(workspace_id)
        except Exception as fault:
            fault.add_note(f"workspace {workspace_id}")
            faults.append(fault)
    if faults:
        raise ExceptionGroup("some workspaces were passed over", faults)
    return total
