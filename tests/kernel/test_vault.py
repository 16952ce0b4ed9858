"""The vault: what is sealed is read with the key alone, and keys can be changed."""

import pytest
from pydantic import ValidationError

from dayline.kernel.ops.settings import Settings
from dayline.kernel.ops.vault import NoKey, Unreadable, Vault

OLD, NEW = "the old key of an installation, long", "the new key of an installation, long"


def test_what_is_sealed_can_be_opened_and_says_nothing() -> None:
    sealed = Vault([OLD]).seal("https://hooks.slack.com/services/T/B/x")
    assert b"hooks" not in sealed
    assert Vault([OLD]).open(sealed) == "https://hooks.slack.com/services/T/B/x"
    assert Vault([OLD]).seal("twice") != Vault([OLD]).seal("twice")


def test_a_new_key_opens_what_the_old_one_sealed_while_both_are_known() -> None:
    before = Vault([OLD]).seal("before")
    after = Vault([NEW, OLD]).seal("after")
    assert Vault([NEW, OLD]).open(before) == "before"
    assert Vault([NEW]).open(after) == "after"
    with pytest.raises(Unreadable):
        Vault([NEW]).open(before)


def test_what_was_changed_is_not_opened() -> None:
    sealed = bytearray(Vault([OLD]).seal("secret"))
    sealed[-5] ^= 1
    with pytest.raises(Unreadable):
        Vault([OLD]).open(bytes(sealed))


def test_without_a_key_nothing_is_kept() -> None:
    with pytest.raises(NoKey):
        Vault([]).seal("secret")


def test_keys_come_from_the_environment_and_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYLINE_SECRET_KEY", f"{NEW.replace(',', '')},{OLD.replace(',', '')}")
    settings = Settings()
    assert len(settings.secret_key) == 2
    assert "installation" not in repr(settings)
    with pytest.raises(ValidationError, match="least=32"):
        Settings(secret_key=("short",))
    assert Settings(secret_key=()).secret_key == ()
