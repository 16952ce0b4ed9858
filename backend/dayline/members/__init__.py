"""Workspaces and their members: invites, joining, roles, and access tokens."""
