"""A Slack on loopback, and a team that uses it."""

from collections.abc import AsyncIterator

import pytest

from dayline.kernel.ops.outgoing import Outgoing
from dayline.kernel.ops.settings import Settings
from tests.notify.desk import Desk
from tests.notify.stub import SlackStub, slack_stub
from tests.team import Team


@pytest.fixture
async def stub() -> AsyncIterator[SlackStub]:
    async with slack_stub() as stub:
        yield stub


@pytest.fixture
async def desk(team: Team, stub: SlackStub, settings: Settings) -> AsyncIterator[Desk]:
    outgoing = Outgoing(settings.slack_hosts, seconds=1)
    yield Desk(team, stub, settings, outgoing)
    await outgoing.close()
