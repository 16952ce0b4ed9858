"""Workspaces and who is in them: members, invites, joining, and their access tokens."""
