"""Secrets that people and programs carry: 256 random bits, stored only as their hash."""

import hashlib
import secrets


def new_secret(prefix: str = "") -> str:
    """A new opaque secret of 256 bits, URL-safe, behind `prefix`."""
    return prefix + secrets.token_urlsafe(32)


def hash_secret(secret: str) -> bytes:
    """SHA-256 of a secret. It has 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
