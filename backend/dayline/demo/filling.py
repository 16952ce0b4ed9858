"""Filling a new workspace with the story in one transaction."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from random import Random
from unicodedata import normalize
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from dayline.demo import story
from dayline.demo.script import Script
from dayline.demo.stage import Actor, Stage
from dayline.demo.story.people import LEAD, PEOPLE, ZONES, settling
from dayline.identity import passwords
from dayline.identity.models import Account
from dayline.identity.problems import violates
from dayline.identity.queries import first_founder
from dayline.kernel.db.clock import Clock, transaction_now
from dayline.kernel.db.database import Sessions, UnitOfWork, create_engine
from dayline.kernel.db.ids import new_id
from dayline.kernel.ops.settings import Settings
from dayline.kernel.text.tokens import new_secret
from dayline.members import actions
from dayline.members.schemas import WorkspaceIn

_PASSWORD_LENGTH = 16
_LONGEST_HANDLE = 40


class SlugTaken(Exception):
    """A workspace with this short name exists already."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was created, and how to sign in to it."""

    acts: int
    projects: int
    password: str
    """The password of every fictional person."""
    people: Mapping[str, str]
    """The email addresses of the fictional people, by name."""
    founder_email: str | None
    """The existing account that plays the lead, if there is one."""


async def fill(
    settings: Settings,
    clock: Clock,
    *,
    slug: str,
    seed: int,
    played: Callable[[int, int], None] = lambda _done, _all: None,
) -> Filled:
    """Create a workspace and play the story in it, up to now.

    Everything is one transaction, so nothing is visible before the end or after an error.
    `played` hears how many of the acts are done.
    Raises SlugTaken, and ValidationError for an invalid `slug`.
    """
    password = new_secret()[:_PASSWORD_LENGTH]
    password_hash = await passwords.hash_password(SecretStr(password))
    async with _one_transaction(settings) as sessions, _refusing_twins():
        async with sessions() as session, session.begin():
            now = await transaction_now(session, clock)
            founder = await first_founder(session)
            handle = LEAD if founder is None else _handle_of(founder)
            new = WorkspaceIn(
                name=story.NAME, slug=slug, reference_zone=story.REFERENCE_ZONE, handle=handle
            )
            zones = {handle: ZoneInfo(zone) for handle, zone in ZONES.items()}
            script = Script(zones, now, Random(seed), ZoneInfo(story.REFERENCE_ZONE))  # noqa: S311 -- a story, no secret
            begins = script.instant(-14, LEAD, "08:00")
            cast = await _cast(session, slug, founder, password_hash, begins)
            workspace_id = await _found(session, new, cast, begins)
        stage = Stage(sessions, workspace_id, script, cast, {LEAD: handle})
        await _move_in(stage, begins)
        story.tell(script)
        acts = await stage.play(played)
    invented = [actor.account for actor in cast.values() if actor.account is not founder]
    return Filled(
        acts=acts,
        projects=len(stage.projects),
        password=password,
        people={account.name: account.email for account in invented},
        founder_email=None if founder is None else founder.email,
    )


@asynccontextmanager
async def _one_transaction(settings: Settings) -> AsyncIterator[Sessions]:
    """Sessions whose commits are savepoints. Everything is committed if the block succeeds."""
    engine = create_engine(settings.database_url or "", pool_size=1)
    try:
        async with engine.begin() as connection:
            yield async_sessionmaker(
                connection,
                sync_session_class=UnitOfWork,
                expire_on_commit=False,
                join_transaction_mode="create_savepoint",
            )
    finally:
        await engine.dispose()


@asynccontextmanager
async def _refusing_twins() -> AsyncIterator[None]:
    """Raise SlugTaken if the workspace or one of its people exists already."""
    try:
        yield
    except IntegrityError as fault:
        if violates(fault, "uq_workspaces_slug") or violates(fault, "uq_accounts_email"):
            raise SlugTaken from fault
        raise


async def _cast(
    session: AsyncSession, slug: str, founder: Account | None, password_hash: str, now: datetime
) -> dict[str, Actor]:
    """Create an account for each person. The installation's founder plays the lead."""
    cast = {}
    for person in PEOPLE:
        if person.handle == LEAD and founder is not None:
            account = founder
        else:
            account = await actions.create_account(
                session,
                email=f"{person.handle}@{slug}.example",
                name=person.name,
                password_hash=password_hash,
                now=now,
            )
        cast[person.handle] = Actor(account, new_id(), person.role)
    return cast


def _handle_of(founder: Account) -> str:
    """Return the founder's first name as a handle, or the lead's if the story has that name."""
    plain = normalize("NFKD", founder.name).encode("ascii", "ignore").decode().lower()
    (first,) = re.findall(r"[a-z0-9]+", plain)[:1] or [LEAD]
    return LEAD if first in ZONES else first[:_LONGEST_HANDLE]


async def _found(
    session: AsyncSession, new: WorkspaceIn, cast: dict[str, Actor], now: datetime
) -> UUID:
    """Create the workspace, with the lead as its owner. Returns its id."""
    account = cast[LEAD].account
    workspace, owner = await actions.create_workspace(session, account, **new.model_dump(), now=now)
    cast[LEAD] = Actor(account, owner.id, owner.role)
    return workspace.id


async def _move_in(stage: Stage, now: datetime) -> None:
    """Add everyone except people who join later, with their zones and hours."""
    at_once = [person.handle for person in PEOPLE if not person.joins_later]
    async with stage.acting(LEAD, now) as caller:
        for handle in at_once:
            if handle != LEAD:
                await stage.take_on(caller.session, handle)
    for handle in at_once:
        async with stage.acting(handle, now) as caller:
            for act in settling(handle):
                await act(stage, caller)
