"""What follows from a member's role and access is one rule, in Python and in SQL."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from dayline.identity.models import Role
from dayline.members.access import refusal_to_ask
from dayline.members.models import Member
from tests.races import acting
from tests.team import Team


@pytest.mark.parametrize("is_disabled", [True, False])
@pytest.mark.parametrize("role", Role)
async def test_each_rule_says_the_same_in_sql(team: Team, role: Role, is_disabled: bool) -> None:
    person = await team.add("mel", role)
    async with acting(team, team.owner) as caller:
        member = await caller.session.get_one(Member, (team.workspace_id, person.member_id))
        member.disabled_at = caller.now - timedelta(days=1) if is_disabled else None
        await caller.session.flush()
        found = await caller.session.execute(
            select(Member.is_active, Member.is_guest, Member.is_teammate).where(
                col(Member.id) == member.id
            )
        )
        assert tuple(found.one()) == (member.is_active, member.is_guest, member.is_teammate)
        assert member.is_teammate == (not is_disabled and role is not Role.GUEST)
        assert member.is_teammate == (refusal_to_ask(member) is None)
