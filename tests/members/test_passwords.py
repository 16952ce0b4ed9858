"""Passwords: which are taken, how they are kept, and changing one's own."""

import pytest
from pydantic import SecretStr

from dayline.identity import passwords
from dayline.kernel.errors import Invalid
from tests.members.browser import OTHER_PASSWORD, PASSWORD, Browse, SignUp
from tests.members.conftest import invite_link
from tests.members.recorded import events_of
from tests.members.ways_in import way_in
from tests.team import Team


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "aaaaaaaaaaaa",
        "abababababab",
        "Password1234",
        "PASSWORDPASSWORD",
        "qwertyuiop123!",
        "qwertyqwertyqw",
        "iloveyou2026!",
        "correct horse battery staple",
        "1qaz2wsx3edc",
    ],
)
def test_common_passwords_are_known(password: str) -> None:
    assert passwords.is_common(password)


@pytest.mark.parametrize(
    "password", [PASSWORD, OTHER_PASSWORD, "83726194857261", "xk7#mQ2!pLw9", "пароль із слів"]
)
def test_others_are_not_common(password: str) -> None:
    assert not passwords.is_common(password)


@pytest.mark.parametrize(
    "password",
    [
        "olena.kovalenko@example.org",
        "OlenaKovalenko",
        "olena.kovalenko1990",
        "Example-2026-11",
        "example.org/1234",
        "exampleexample1",
        "Dayline-2026-11",
        "dayline dayline",
    ],
)
def test_ones_own_name_and_address_and_what_it_opens_are_refused(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        passwords.check_choice(
            "password",
            SecretStr(password),
            email="olena.kovalenko@example.org",
            name="Olena Kovalenko",
        )
    assert [error.field for error in refused.value.errors] == ["password"]


async def test_hashes_are_argon2id_with_19_mib_and_a_salt_of_their_own() -> None:
    first, second = [await passwords.hash_password(SecretStr(PASSWORD)) for _ in range(2)]
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert await passwords.matches(SecretStr(PASSWORD), first)
    assert not await passwords.matches(SecretStr(OTHER_PASSWORD), first)
    assert not await passwords.matches(SecretStr(PASSWORD), None)
    assert not await passwords.matches(SecretStr(PASSWORD), "not a hash")


async def test_the_same_characters_match_however_they_were_composed() -> None:
    kept = await passwords.hash_password(SecretStr("caf\u00e9 caf\u00e9 caf\u00e9"))
    assert await passwords.matches(SecretStr("cafe\u0301 cafe\u0301 cafe\u0301"), kept)


@pytest.mark.parametrize("password", ["short", "x" * 129, "password1234"])
async def test_weak_and_endless_passwords_are_refused_by_field(
    sign_up: SignUp, password: str
) -> None:
    sam = await sign_up("sam")
    change = {"current_password": PASSWORD, "new_password": password}
    answer = await sam.put("/account/password", change)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "new_password")
    assert password not in answer.text


CHANGE = {"current_password": PASSWORD, "new_password": OTHER_PASSWORD}


async def test_changing_the_password_ends_all_other_sessions(
    sign_up: SignUp, browse: Browse
) -> None:
    sam, elsewhere = await sign_up("sam"), browse()
    await elsewhere.sign_in(sam.email)
    assert (await sam.put("/account/password", CHANGE)).status_code == 204
    assert (await elsewhere.get("/account")).status_code == 401
    assert (await sam.get("/account")).status_code == 200
    assert (await browse().sign_in(sam.email)).status_code == 401
    assert (await browse().sign_in(sam.email, OTHER_PASSWORD)).status_code == 201


async def test_changing_the_password_renews_the_session(sign_up: SignUp) -> None:
    """Whoever copied the cookie is out, too."""
    sam = await sign_up("sam")
    copied = sam.cookie
    await sam.put("/account/password", CHANGE)
    assert sam.cookie not in {copied, None}
    assert len((await sam.get("/sessions")).json()) == 1
    sam.http.cookies.set("dayline_session", copied or "", domain="localhost.local", path="/")
    assert (await sam.get("/account")).status_code == 401


async def test_other_sessions_may_stay(sign_up: SignUp, browse: Browse) -> None:
    sam, elsewhere = await sign_up("sam"), browse()
    await elsewhere.sign_in(sam.email)
    await sam.put("/account/password", CHANGE | {"end_sessions": False})
    assert (await elsewhere.get("/account")).status_code == 200
    assert len((await sam.get("/sessions")).json()) == 2


@pytest.mark.parametrize("tokens", [False, True])
@pytest.mark.parametrize("links", [False, True])
async def test_tokens_and_calendar_links_end_everywhere_where_that_is_asked(
    team: Team, other_team: Team, sign_up: SignUp, *, tokens: bool, links: bool
) -> None:
    sam, noor = await sign_up("sam"), await sign_up("noor")
    link = await invite_link(other_team, sam.email)
    await sam.post("/invites/accept", {"token": link, "handle": "sam"})
    theirs = [await way_in(sam, each) for each in (team, other_team)]
    others = await way_in(noor, team)
    change = CHANGE | {"revoke_tokens": tokens, "revoke_calendar_links": links}
    assert (await sam.put("/account/password", change)).status_code == 204
    for each in theirs:
        assert await each.works() == (not tokens, not links)
    assert await others.works() == (True, True)
    revoked = [await events_of(each, "token.revoked") for each in (team, other_team)]
    assert [len(events) for events in revoked] == [int(tokens)] * 2


async def test_a_refused_change_ends_nothing(team: Team, sign_up: SignUp) -> None:
    sam = await sign_up("sam")
    given_out = await way_in(sam, team)
    every = {"revoke_tokens": True, "revoke_calendar_links": True}
    for fault in ({"current_password": OTHER_PASSWORD}, {"new_password": "password1234"}):
        refused = await sam.put("/account/password", CHANGE | every | fault)
        assert refused.status_code == 422
    assert await given_out.works() == (True, True)


async def test_the_present_password_is_needed(sign_up: SignUp, browse: Browse) -> None:
    sam = await sign_up("sam")
    change = {"current_password": OTHER_PASSWORD, "new_password": OTHER_PASSWORD}
    answer = await sam.put("/account/password", change)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "current_password")
    assert (await browse().sign_in(sam.email)).status_code == 201
    assert (await browse().put("/account/password", change)).status_code == 401
