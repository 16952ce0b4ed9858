"""Secrets for people and programs: 256 random bits, stored only as a hash."""

import hashlib
import secrets


def new_secret(prefix: str = "") -> str:
    """Return a new URL-safe secret with 256 random bits, after `prefix`."""
    return prefix + secrets.token_urlsafe(32)


def hash_secret(secret: str) -> bytes:
    """Return the SHA-256 of a secret. With 256 random bits a slow hash would add nothing."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
