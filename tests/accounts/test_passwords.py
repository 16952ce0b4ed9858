"""Passwords: which are taken, how they are kept, and changing one's own."""

import pytest
from pydantic import SecretStr

from dayline.accounts import passwords
from dayline.kernel.errors import Invalid
from tests.accounts.browser import OTHER_PASSWORD, PASSWORD, Browse, SignUp


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
    "password", ["olena.kovalenko@example.org", "OlenaKovalenko", "olena.kovalenko1990"]
)
def test_ones_own_name_and_address_are_refused(password: str) -> None:
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


async def test_changing_the_password_ends_all_other_sessions(
    sign_up: SignUp, browse: Browse
) -> None:
    sam, elsewhere = await sign_up("sam"), browse()
    await elsewhere.sign_in(sam.email)
    change = {"current_password": PASSWORD, "new_password": OTHER_PASSWORD}
    assert (await sam.put("/account/password", change)).status_code == 204
    assert (await elsewhere.get("/account")).status_code == 401
    assert (await sam.get("/account")).status_code == 200
    assert (await browse().sign_in(sam.email)).status_code == 401
    assert (await browse().sign_in(sam.email, OTHER_PASSWORD)).status_code == 201


async def test_the_present_password_is_needed(sign_up: SignUp, browse: Browse) -> None:
    sam = await sign_up("sam")
    change = {"current_password": OTHER_PASSWORD, "new_password": OTHER_PASSWORD}
    answer = await sam.put("/account/password", change)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "current_password")
    assert (await browse().sign_in(sam.email)).status_code == 201
    assert (await browse().put("/account/password", change)).status_code == 401
