"""Accounts and how they sign in: sessions, passwords, one-time links, and security events."""
