"""Hooks: what rooms above do in the same commit.

A lower room declares the hook; `dayline/hooks.py` registers the upper room's function.
"""

from collections.abc import Awaitable, Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Hook(Generic[P]):
    """A hook of a lower room. Calling it awaits every registered function, in order."""

    def __init__(self) -> None:
        self._functions: list[Callable[P, Awaitable[None]]] = []

    def register(self, function: Callable[P, Awaitable[None]]) -> None:
        """Add a function once; adding it again changes nothing."""
        if function not in self._functions:
            self._functions.append(function)

    async def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Await every registered function with these arguments, in the order of registration."""
        for function in self._functions:
            await function(*args, **kwargs)
