"""Hooks of this room: what rooms above do in the same commit."""

from dayline.identity.caller import Caller
from dayline.kernel.db.hooks import Hook
from dayline.projects.models import Project

project_created: Hook[[Caller, Project]] = Hook()
"""A project was made."""
