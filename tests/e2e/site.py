"""One installation for a test, and the people who visit it with browsers of their own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from playwright.async_api import APIResponse, Browser, ConsoleMessage, Locator, Page, expect
from sqlalchemy import update
from sqlmodel import col

from dayline.identity.models import SignInSession
from dayline.kernel.db.database import create_engine
from dayline.kernel.ops.settings import Settings
from dayline.members.setup import owner_link
from tests.processes import ServerProcess

PASSWORD = "seven quiet herons wade"
PATIENCE_MS = 15_000
"""How long a page may take to show something on a busy machine."""

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Site:
    """A running server; `complaints` is what pages complained about in their console."""

    server: ServerProcess
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return self.server.settings

    @property
    def origin(self) -> str:
        return self.settings.origin

    async def setup_link(self) -> str:
        """The link that an operator sees on the first start."""
        link = await owner_link(self.settings, None)
        assert link is not None
        return link

    @asynccontextmanager
    async def visitor(self, **options: Any) -> AsyncIterator[Page]:
        """A page in a browser profile of its own; paths are of this site."""
        context = await self.browser.new_context(
            base_url=self.origin, timezone_id="Europe/Kyiv", **options
        )
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._listen)
        try:
            yield page
        finally:
            await context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        """Note what pages complain about; what the network refuses, tests look at themselves."""
        of_network = ("Failed to load resource", "WebSocket connection")
        if message.type == "error" and not message.text.startswith(of_network):
            self.complaints.append(message.text)

    async def call(
        self, page: Page, method: str, path: str, data: Any = None, rev: int | None = None
    ) -> Any:
        """Call the API as the person of the page, behind its back; `rev` is what it edits."""
        answer = await self._send(page, method, path, data, rev)
        assert answer.ok, await answer.text()
        return await answer.json() if answer.status != 204 else None

    async def edit(self, page: Page, path: str, changes: dict[str, Any]) -> None:
        """Change something that the page may change at the same moment: read it until it fits."""
        while True:
            rev = (await self.call(page, "GET", path))["rev"]
            answer = await self._send(page, "PATCH", path, changes, rev)
            if answer.status != HTTPStatus.PRECONDITION_FAILED:
                break
        assert answer.ok, await answer.text()

    async def _send(
        self, page: Page, method: str, path: str, data: Any, rev: int | None
    ) -> APIResponse:
        headers = {"Origin": self.origin} | ({} if rev is None else {"If-Match": f'"{rev}"'})
        # The server closes a connection that nothing was asked on for a while, at any moment.
        return await page.context.request.fetch(
            f"{self.origin}/api{path}", method=method, data=data, headers=headers, max_retries=2
        )

    async def age_sessions(self, by: timedelta) -> None:
        """Have everybody's password given so much earlier."""
        assert self.settings.database_url is not None
        engine = create_engine(self.settings.database_url, pool_size=1)
        async with engine.begin() as connection:
            given_at = col(SignInSession.created_at) - by
            await connection.execute(update(SignInSession).values(created_at=given_at))
        await engine.dispose()

    async def found(self, page: Page) -> None:
        """Make the first owner, Olena, signed in on the page, with the workspace `acme`."""
        token = (await self.setup_link()).partition("#token=")[2]
        owner = {"email": "olena@example.org", "name": "Olena Koval", "password": PASSWORD}
        await self.call(page, "POST", "/setup", owner | {"token": token})
        workspace = {"name": "Acme", "slug": "acme", "handle": "olena"}
        await self.call(page, "POST", "/workspaces", workspace | {"reference_zone": "Europe/Kyiv"})

    async def invite_link(self, page: Page, email: str, role: str = "member") -> str:
        invited = {"email": email, "role": role}
        made = await self.call(page, "POST", "/workspaces/acme/invites", invited)
        link: str = made["link"]
        return link

    async def add_project(self, page: Page, key: str, name: str) -> None:
        await self.call(page, "POST", "/workspaces/acme/projects", {"key": key, "name": name})


async def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fill the sign-in form that is shown, and send it."""
    await page.get_by_label("Email").fill(email)
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def see_heading(page: Page, name: str) -> None:
    """Wait for a page by its title."""
    await expect(page.get_by_role("heading", level=1)).to_have_text(name)


def content(page: Page) -> Locator:
    """The page itself, without the navigation around it."""
    return page.get_by_role("main")
