"""The shared app on a real socket."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from tests.live import serving


@pytest.fixture(scope="session")
async def address(app: FastAPI) -> AsyncIterator[str]:
    """Where the app listens, as host:port."""
    async with serving(app) as address:
        yield address
