"""What a member gives out that goes on without them: a token, and a link to their calendar."""

from dataclasses import dataclass

from tests.members.browser import Browser
from tests.team import Team


@dataclass(frozen=True)
class WayIn:
    """A token and a calendar link of one member in one workspace."""

    team: Team
    token: str
    calendar: str

    async def works(self) -> tuple[bool, bool]:
        """Whether the token does, and whether the link does."""
        owner = self.team.owner
        bearer = {"Authorization": f"Bearer {self.token}"}
        me = await owner.http.get(f"{owner.base}/me", headers=bearer)
        followed = await owner.http.get(self.calendar)
        return me.status_code == 200, followed.status_code == 200


async def way_in(browser: Browser, team: Team) -> WayIn:
    """Have the person of a browser make both."""
    base = f"/workspaces/{team.slug}"
    new = {"name": "t", "scopes": ["read"], "expires_in_days": 9}
    token = (await browser.post(f"{base}/tokens", new)).json()["secret"]
    calendar = (await browser.put(f"{base}/me/calendar-link")).json()["url"]
    return WayIn(team, token, calendar)
