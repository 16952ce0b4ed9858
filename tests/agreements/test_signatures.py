"""Signatures: who signed which version and when, and who has not yet."""

import asyncio
from datetime import timedelta
from typing import Any

from dayline.identity.models import Role
from tests.agreements.desk import Json, done, publish, read, sign
from tests.clock import MovableClock
from tests.recorded import head, recorded
from tests.team import Person, Team


def names(listed: list[Json]) -> list[str]:
    return [row["name"] for row in listed]


async def signed_by(person: Person, version: int | None = None) -> tuple[Any, Any, bool]:
    """Who signed, who has not yet, and whether `person`, who looks, is asked to."""
    found = await read(person, version)
    return names(found["signatures"]), names(found["unsigned"]), found["unsigned_by_me"]


async def test_a_member_signs_once_and_keeps_the_instant(team: Team, clock: MovableClock) -> None:
    mel = await team.add("mel")
    number = await head(team)
    signed = done(await sign(mel, 1))
    at = "2026-05-18T07:00:00Z"
    assert signed == {"member_id": str(mel.member_id), "name": "Mel", "signed_at": at}
    clock.advance(days=1)
    assert done(await sign(mel, 1)) == signed
    (event,) = await recorded(team, number)
    assert (event.kind, event.audience, event.audience_id) == ("agreement.signed", "team", None)
    assert event.data == {
        "agreement_version": 1,
        "member_id": str(mel.member_id),
        "signed_at": at,
    }


async def test_everybody_sees_who_signed_and_who_has_not_yet(
    team: Team, clock: MovableClock
) -> None:
    mel = await team.add("mel")
    assert await signed_by(mel) == ([], ["Mel", "Olena"], True)
    await sign(mel, 1)
    clock.advance(hours=1)
    assert await signed_by(mel) == (["Mel"], ["Olena"], False)
    assert await signed_by(team.owner) == (["Mel"], ["Olena"], True)
    await sign(team.owner, 1)
    assert await signed_by(team.owner) == (["Mel", "Olena"], [], False)


async def test_a_new_member_is_asked_to_sign(team: Team) -> None:
    await sign(team.owner, 1)
    mel = await team.add("mel")
    assert await signed_by(mel) == (["Olena"], ["Mel"], True)


async def test_whose_access_ended_is_asked_no_more_and_stays_among_who_signed(team: Team) -> None:
    mel, tim = await team.add("mel"), await team.add("tim")
    await sign(mel, 1)
    for person in (mel, tim):
        done(await team.owner.put(f"/members/{person.member_id}/disablement"))
    assert await signed_by(team.owner) == (["Mel"], ["Olena"], True)


async def test_each_version_is_signed_anew(team: Team) -> None:
    await sign(team.owner, 1)
    await publish(team.owner)
    assert await signed_by(team.owner) == ([], ["Olena"], True)
    assert await signed_by(team.owner, 1) == (["Olena"], [], False)


async def test_a_version_to_come_can_be_signed(team: Team, clock: MovableClock) -> None:
    await publish(team.owner, clock.now + timedelta(days=10))
    for version in (1, 2):
        assert done(await sign(team.owner, version))["signed_at"] == "2026-05-18T07:00:00Z"
    clock.advance(days=10)
    assert await signed_by(team.owner) == (["Olena"], [], False)


async def test_a_superseded_version_is_not_signed_any_more(team: Team, clock: MovableClock) -> None:
    mel = await team.add("mel")
    signed = done(await sign(team.owner, 1))
    clock.advance(hours=1)
    await publish(team.owner)
    late = await sign(mel, 1)
    assert (late.status_code, late.json()["version_in_force"]) == (409, 2)
    assert late.json()["type"] == "urn:dayline:problem:superseded"
    assert await signed_by(mel, 1) == (["Olena"], [], False)
    assert done(await sign(team.owner, 1)) == signed


async def test_racing_requests_sign_once(team: Team) -> None:
    number = await head(team)
    answers = await asyncio.gather(*(sign(team.owner, 1) for _ in range(5)))
    assert len({str(done(answer)) for answer in answers}) == 1
    assert len(await recorded(team, number)) == 1


async def test_a_guest_reads_the_agreement_and_neither_signs_nor_sees_who_did(team: Team) -> None:
    guest = await team.add("gus", Role.GUEST)
    await sign(team.owner, 1)
    assert (await sign(guest, 1)).status_code == 403
    for version in (None, 1):
        found = await read(guest, version)
        assert found["text"]
        assert (found["signatures"], found["unsigned"]) == (None, None)
        assert found["unsigned_by_me"] is False
    assert "Gus" not in names((await read(team.owner))["unsigned"])
    exported = (await guest.get("/agreement/export")).text
    assert "Olena" not in exported
    assert "Signatures" not in exported
    page = done(await guest.get("/events", since=0))
    assert "agreement.published" in {event["kind"] for event in page["events"]}
    assert "agreement.signed" not in {event["kind"] for event in page["events"]}


async def test_nobody_signs_what_is_not_there(team: Team) -> None:
    other = await Team.create(team.app, team.clock)
    await publish(other.owner)
    assert (await sign(team.owner, 2)).status_code == 404
    assert (await sign(team.owner, 0)).status_code == 422
    await other.close()
