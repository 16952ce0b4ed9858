"""A browser: it keeps cookies, says that it comes from the same site, and has an address."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
from fastapi import FastAPI

PASSWORD = "seven quiet herons wade"
OTHER_PASSWORD = "nine slow barges drift"

_addresses = count(1)


def new_address() -> str:
    """A network address that no other test uses: failed sign-ins are counted by it."""
    number = next(_addresses)
    return f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"


@dataclass
class Browser:
    """A client with a cookie jar."""

    http: httpx.AsyncClient
    cookie_name: str = "dayline_session"
    email: str = ""
    member_id: str = ""

    @property
    def cookie(self) -> str | None:
        return self.http.cookies.get(self.cookie_name)

    def forget_cookies(self) -> None:
        """Be a browser that was never here."""
        self.http.cookies.clear()

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.http.get(f"/api{path}", params=params)

    async def post(self, path: str, json: Any = None) -> httpx.Response:
        return await self.http.post(f"/api{path}", json=json or {})

    async def patch(self, path: str, json: Any, rev: int | None = None) -> httpx.Response:
        headers = {} if rev is None else {"If-Match": f'"{rev}"'}
        return await self.http.patch(f"/api{path}", json=json, headers=headers)

    async def put(self, path: str, json: Any = None) -> httpx.Response:
        return await self.http.put(f"/api{path}", json=json)

    async def delete(self, path: str) -> httpx.Response:
        return await self.http.delete(f"/api{path}")

    async def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        return await self.post("/sessions", {"email": email, "password": password})


def attributes_of(answer: httpx.Response, cookie_name: str) -> set[str]:
    """How an answer sets a cookie."""
    (said,) = (
        line
        for line in answer.headers.get_list("set-cookie")
        if line.startswith(f"{cookie_name}=dl")
    )
    return set(said.split("; ")[1:])


Browse = Callable[..., Browser]
SignUp = Callable[..., Awaitable[Browser]]


def open_browser(app: FastAPI, address: str, origin: str = "http://localhost:8080") -> Browser:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=(address, 4711))
    return Browser(
        httpx.AsyncClient(
            transport=transport,
            base_url=origin,
            headers={"Sec-Fetch-Site": "same-origin", "User-Agent": "Test browser"},
        )
    )
