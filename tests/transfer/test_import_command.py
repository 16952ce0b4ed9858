"""`dayline import slack`, as an operator runs it."""

import asyncio
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import text

from dayline.kernel.ops.settings import Settings
from tests.local.installation import DAYLINE, environment, is_refused
from tests.servers import Servers
from tests.team import Team
from tests.transfer.slack.archives import team
from tests.transfer.slack.desk import Desk
from tests.transfer.slack.test_asks import a_busy_team

Done = subprocess.CompletedProcess[str]


class Command:
    """The command on the database of the tests."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self._slug = desk.team.slug
        self._settings = settings

    def line(self, file: Path, *more: str) -> list[str]:
        return [*DAYLINE, "import", "slack", str(file), "--workspace", self._slug, *more]

    @property
    def environment(self) -> dict[str, str]:
        return environment(database_url=self._settings.database_url)

    async def run(self, file: Path, *more: str) -> Done:
        return await asyncio.to_thread(
            subprocess.run,
            self.line(file, *more),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )


@pytest.fixture
def desk(team: Team, tmp_path: Path) -> Desk:
    return Desk(team, tmp_path)


@pytest.fixture
def command(desk: Desk, settings: Settings) -> Command:
    return Command(desk, settings)


async def test_it_says_what_came_and_that_nothing_is_new_then(desk: Desk, command: Command) -> None:
    archive = team()
    archive.user("UOLD", tz="Mars/Olympus", deleted=True)
    archive.say("UAIKO", "2026-05-15T09:00:00Z", "When, <@USAM>?")
    archive.say("UAIKO", "2026-05-15T09:01:00Z", "joined", subtype="channel_join")
    file = archive.write(desk.folder)
    tried = await command.run(file, "--dry-run")
    done = await command.run(file)
    assert (tried.returncode, done.returncode) == (0, 0), tried.stderr + done.stderr
    came = [
        "- 4 members (working hours: 3 from the export’s time zones and 1 from the workspace)",
        "- 1 project",
        "- 0 topics",
        "- 1 message (left out: 1 notice)",
        "- 1 ask",
    ]
    warning, title, *counts = tried.stdout.splitlines()
    assert warning.startswith("Warning: users.json, UOLD: Mars/Olympus isn’t")
    assert title == f"This would be imported into {desk.team.slug}. Nothing was changed."
    assert counts == came
    assert done.stdout.splitlines()[1:] == [
        f"Imported into {desk.team.slug}:",
        *came,
        "No one was notified. Invite people from the workspace’s list of members.",
    ]
    assert done.stderr == ""  # a bar is for those who watch
    again = await command.run(file)
    assert again.stdout.splitlines()[1:] == [
        f"Nothing new. The message is already in {desk.team.slug}."
    ]


async def test_odd_things_are_counted_when_they_are_many(desk: Desk, command: Command) -> None:
    archive = team()
    for number in range(25):
        archive.say(f"UX{number}", f"2026-05-15T09:00:00.{number:06}Z", "Who am I?")
    done = await command.run(archive.write(desk.folder))
    warnings = [line for line in done.stdout.splitlines() if line.startswith("Warning: ")]
    assert len(warnings) == 20
    assert "5 more warnings like these." in done.stdout


async def test_a_broken_archive_is_one_sentence_and_changes_nothing(
    desk: Desk, command: Command
) -> None:
    before = await desk.everything()
    archive = a_busy_team()
    archive.others["general/2026-05-30.json"] = b"[{"
    done = await command.run(archive.write(desk.folder))
    assert is_refused(done, "team.zip", "general/2026-05-30.json", "isn’t valid JSON")
    missing = await command.run(desk.folder / "none.zip")
    assert is_refused(missing, "none.zip can’t be read")
    assert await desk.everything() == before


async def test_a_workspace_that_is_not_there_is_one_sentence(
    desk: Desk, settings: Settings
) -> None:
    file = team().write(desk.folder)
    desk.team.slug = "nowhere"
    done = await Command(desk, settings).run(file)
    assert is_refused(done, "There’s no workspace nowhere")


async def test_a_database_of_another_version_is_refused(
    desk: Desk, servers: Servers, fresh_settings: Settings
) -> None:
    servers.postgres.psql("UPDATE alembic_version SET version_num = '0001'", "dayline_fresh")
    done = await Command(desk, fresh_settings).run(team().write(desk.folder))
    assert is_refused(done, "Another version of Dayline")


async def test_killed_in_the_middle_it_leaves_nothing(desk: Desk, command: Command) -> None:
    """It is killed when all but the timers is written: those are held up until then."""
    file = a_busy_team().write(desk.folder)
    before = await desk.everything()
    async with desk.sessions() as session, session.begin():
        await session.execute(text("LOCK TABLE timers IN SHARE MODE"))
        process = await asyncio.create_subprocess_exec(*command.line(file), env=command.environment)
        pid = None
        while pid is None:
            assert process.returncode is None, "it ended before it wrote timers"
            pid = await session.scalar(
                text(
                    "SELECT pid FROM pg_locks WHERE NOT granted "
                    "AND relation = 'timers'::regclass "
                    "AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
                )
            )
        has_messages = await session.scalar(
            text(
                "SELECT count(*) FROM pg_locks WHERE pid = :pid AND granted "
                "AND relation = 'messages'::regclass AND mode = 'RowExclusiveLock'"
            ),
            {"pid": pid},
        )
        assert has_messages == 1
        process.kill()
        await process.wait()
    async with desk.sessions() as session:
        alive = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")
        while await session.scalar(alive, {"pid": pid}):
            await session.rollback()
    assert await desk.everything() == before
    done = await command.run(file)
    assert done.returncode == 0
    assert "- 120 messages" in done.stdout
