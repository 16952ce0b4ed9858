"""The people of an export are members who have not joined yet."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dayline.calendars.models import Calendar, Hours
from dayline.calendars.times import week_of
from dayline.core.schedule import Shifts, Week, shift
from dayline.identity.models import Account, Role
from dayline.members.models import Invite, Member
from dayline.messages.models import Message
from dayline.notify.models import Delivery
from dayline.transfer.slack.people import weekly_of
from tests.transfer.slack.archives import Archive, team
from tests.transfer.slack.desk import Desk


def _minute(number: int) -> int:
    return number * 60


async def test_people_become_members_who_have_not_joined(desk: Desk) -> None:
    archive = Archive()
    archive.channel("C1", "general")
    archive.user("U1", name="sam.reed", profile={"real_name": "Sam Reed"})
    await desk.bring(archive)
    sam = await desk.member("sam.reed")
    assert (sam.name, sam.role, sam.account_id, sam.joined_at) == (
        "Sam Reed",
        Role.MEMBER,
        None,
        None,
    )
    assert sam.disabled_at is None
    shown = await desk.seen_by(desk.team.owner, "members")
    assert [card["joined_at"] for card in shown if card["id"] == str(sam.id)] == [None]


async def test_nobody_is_invited_or_notified(desk: Desk) -> None:
    await desk.bring(team())
    assert await desk.rows(Invite) == []
    assert await desk.rows(Delivery) == []


async def test_who_left_is_a_bot_or_stands_in_no_list_is_disabled(desk: Desk) -> None:
    archive = team()
    archive.user("UGONE", deleted=True)
    archive.user("UBOT", is_bot=True)
    archive.say("UNOBODY", "2026-05-15T07:00:00Z", "Hello")
    await desk.bring(archive)
    disabled = {row.handle for row in await desk.rows(Member) if row.disabled_at is not None}
    assert disabled == {"ugone", "ubot", "unobody"}


async def test_bots_and_those_who_left_cannot_be_asked(desk: Desk) -> None:
    archive = team()
    archive.user("UBOT", is_bot=True)
    await desk.bring(archive)
    topic, bot = await desk.topic("Discussion"), await desk.member("ubot")
    new = {"body": "Well?", "asks": [str(bot.id)]}
    refused = await desk.team.owner.post(f"/topics/{topic.id}/messages", new)
    assert refused.status_code == 422


async def test_who_has_not_joined_can_be_asked(desk: Desk) -> None:
    await desk.bring(team())
    topic, sam = await desk.topic("Discussion"), await desk.member("usam")
    new = {"body": "Well?", "asks": [str(sam.id)]}
    asked = await desk.team.owner.post(f"/topics/{topic.id}/messages", new)
    assert asked.status_code == 201
    assert [ask["state"] for ask in asked.json()["asks"]] == ["open"]


async def test_guests_are_guests_of_the_channels_that_they_were_in(desk: Desk) -> None:
    archive = team()
    archive.user("UGUS", is_restricted=True)
    archive.channel("C2", "with-gus", members=["UGUS", "USAM"])
    await desk.bring(archive)
    assert (await desk.member("ugus")).role is Role.GUEST
    projects = await desk.seen_by(desk.team.owner, "projects")
    people = {project["name"]: [p["handle"] for p in project["people"]] for project in projects}
    assert people == {"general": [], "with-gus": ["ugus"]}


async def test_handles_are_those_of_slack_as_far_as_they_are_free(desk: Desk) -> None:
    archive = Archive()
    archive.channel("C1", "general")
    for id_, name in {"U1": "Olena", "U2": "Jürgen Müller", "U3": "...", "U4": "x" * 60}.items():
        archive.user(id_, name=name)
    await desk.bring(archive)
    handles = {row.handle for row in await desk.rows(Member)}
    assert handles == {"olena", "olena-2", "jurgen-muller", "u3", "x" * 40}


async def test_a_member_with_the_address_is_that_person(desk: Desk) -> None:
    sam = await desk.joined("sam")
    archive = Archive()
    archive.channel("C1", "general")
    archive.user("U1", profile={"email": desk.address("SAM")})
    archive.say("U1", "2026-05-15T07:00:00Z", "Mine")
    brought = await desk.bring(archive)
    assert (brought.members, brought.matched) == (0, 1)
    (message,) = await desk.rows(Message)
    assert message.author_id == sam.member_id


async def test_an_account_of_another_workspace_is_not_taken(desk: Desk) -> None:
    address = desk.address("elsewhere")
    async with desk.sessions() as session, session.begin():
        now = desk.team.clock.now
        session.add(Account(email=address, name="E", password_hash="x", created_at=now))
    archive = Archive()
    archive.channel("C1", "general")
    archive.user("U1", profile={"email": address})
    await desk.bring(archive)
    member = await desk.member("u1")
    assert (member.account_id, member.email_hint) == (None, address)


async def test_hours_come_from_the_zone_or_from_when_they_wrote_or_are_the_workspaces(
    desk: Desk,
) -> None:
    archive = Archive()
    archive.channel("C1", "general")
    archive.user("UZONE", tz="Asia/Tokyo")
    archive.user("UOFTEN", tz=None)
    archive.user("USELDOM", tz=None)
    begin = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
    for number in range(40):
        at = begin + timedelta(days=number // 2, hours=number % 2 * 7)
        archive.say("UOFTEN", at.isoformat(), "Done")
    brought = await desk.bring(archive)
    assert dict(brought.hours) == {"zone": 1, "inferred": 1, "default": 1}
    handles = {row.id: row.handle for row in await desk.rows(Member)}
    zones = {handles[row.id]: row.zone for row in await desk.rows(Calendar)}
    assert zones["uzone"] == "Asia/Tokyo"
    assert zones["uoften"] == zones["useldom"] == "Europe/Kyiv"
    weeks = {handles[row.member_id]: row.weekly for row in await desk.rows(Hours)}
    assert weeks["uzone"] == weeks["useldom"] == weeks["olena"]
    assert weeks["uoften"]["sat"] == [["16:00", "24:00"]]


async def test_those_who_have_not_joined_are_not_asked_to_sign(desk: Desk) -> None:
    await desk.bring(team())
    version = (await desk.team.owner.get("/agreement/versions/1")).json()
    waiting = [one["member_id"] for one in version["unsigned"]]
    assert waiting == [str(desk.team.owner.member_id)]


@given(
    st.lists(
        st.builds(shift, st.integers(0, 1439).map(_minute), st.integers(0, 1440).map(_minute)),
        max_size=1,
    ).map(tuple)
)
def test_hours_are_written_as_they_are_read(shifts: Shifts) -> None:
    week: Week = (shifts, (), (), (), (), shifts, ())
    assert week_of(weekly_of(week)) == week
