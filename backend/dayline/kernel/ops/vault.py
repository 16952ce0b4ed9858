"""The vault: secrets that must be readable again, encrypted with the installation's key."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"dayline secrets"


class NoKey(Exception):
    """The installation has no key (DAYLINE_SECRET_KEY), so it can't store secrets."""


class Unreadable(Exception):
    """A secret can't be decrypted: another key encrypted it, or it is damaged."""


class Vault:
    """Encrypts with the first of `keys`, and decrypts with any of them.

    To change the key, put the new one before the old one. New secrets need only the new one.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernets = [Fernet(_derived(key)) for key in keys]

    def seal(self, secret: str) -> bytes:
        """Encrypt and authenticate a secret. Raises NoKey."""
        return self._all().encrypt(secret.encode())

    def open(self, sealed: bytes) -> str:
        """Decrypt a secret. Raises NoKey and Unreadable."""
        try:
            return self._all().decrypt(sealed).decode()
        except InvalidToken as fault:
            raise Unreadable from fault

    def _all(self) -> MultiFernet:
        if not self._fernets:
            raise NoKey
        return MultiFernet(self._fernets)


def _derived(key: str) -> bytes:
    derived = HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.encode())
    return base64.urlsafe_b64encode(derived)
