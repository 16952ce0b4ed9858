"""Hooks of this room: what rooms that depend on it do in the same transaction."""

from dayline.identity.caller import Caller
from dayline.kernel.db.hooks import Hook
from dayline.projects.models import Project

project_created: Hook[[Caller, Project]] = Hook()
"""A project was created."""

lead_changed: Hook[[Caller, Project]] = Hook()
"""Another member became the lead of a project, or no one leads it any more."""
