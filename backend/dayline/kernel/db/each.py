"""Doing work in several workspaces, so that an error in one doesn't stop the others."""

from collections.abc import Awaitable, Callable, Iterable
from uuid import UUID


async def in_each(workspaces: Iterable[UUID], work: Callable[[UUID], Awaitable[int]]) -> int:
    """Call `work` for each workspace, and return the sum of the results.

    Raises an ExceptionGroup of all errors, after every workspace was tried.
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
