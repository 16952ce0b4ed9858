"""Hooks, with which a room lets rooms that depend on it act in the same transaction.

A lower room declares a hook. `dayline/hooks.py` registers the functions of upper rooms.
"""

from collections.abc import Awaitable, Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Hook(Generic[P]):
    """A hook of a lower room. Calling it awaits all registered functions, in order."""

    def __init__(self) -> None:
        self._functions: list[Callable[P, Awaitable[None]]] = []

    def register(self, function: Callable[P, Awaitable[None]]) -> None:
        """Register a function. Registering it again changes nothing."""
        if function not in self._functions:
            self._functions.append(function)

    async def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Await all registered functions with these arguments, in the order of registration."""
        for function in self._functions:
            await function(*args, **kwargs)
