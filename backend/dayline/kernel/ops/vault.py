"""The vault: secrets that must be read again are kept encrypted by the installation's key."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"dayline secrets"


class NoKey(Exception):
    """The installation has no key (DAYLINE_SECRET_KEY), so that no secret can be kept."""


class Unreadable(Exception):
    """A sealed secret cannot be read: it was sealed with another key, or is damaged."""


class Vault:
    """Seals with the first of `keys`, and opens what any of them sealed.

    To change the key, put the new one before the old one; what is sealed from then on needs the
    new one alone.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernets = [Fernet(_derived(key)) for key in keys]

    def seal(self, secret: str) -> bytes:
        """The secret, encrypted and authenticated. Raises NoKey."""
        return self._all().encrypt(secret.encode())

    def open(self, sealed: bytes) -> str:
        """The secret that was sealed. Raises NoKey, Unreadable."""
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
