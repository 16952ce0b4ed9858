"""What the agreement means for whoever reads it."""

from dayline.identity.models import Role
from tests.calendars.desk import done, weekdays, works
from tests.team import Team


async def test_examples_are_due_as_if_one_were_asked_now(team: Team) -> None:
    await works(team.owner, "Europe/Kyiv", weekdays("09:00-18:00"))
    examples = await done(team.owner.get("/agreement/examples"))
    assert {example["local_now"] for example in examples} == {"2026-05-18T10:00:00+03:00"}
    due = {example["kind"]: example["local_due"] for example in examples}
    assert due["urgent"] == "2026-05-18T11:00:00+03:00"
    assert due["task_comment"] == "2026-05-18T14:00:00+03:00"
    assert due["decision_input"] == "2026-05-18T18:00:00+03:00"


async def test_nights_do_not_count_in_examples(team: Team) -> None:
    await works(team.owner, "Europe/Kyiv", weekdays("09:00-12:00"))
    examples = await done(team.owner.get("/agreement/examples"))
    due = {example["kind"]: example["local_due"] for example in examples}
    assert due["task_comment"] == "2026-05-19T11:00:00+03:00"


async def test_guests_do_not_sign_and_have_no_examples(team: Team) -> None:
    guest = await team.add("gus", Role.GUEST)
    assert (await guest.get("/agreement/examples")).status_code == 403
