"""Hooks of this room: what rooms above do in the same commit."""

from dayline.accounts.caller import Caller
from dayline.kernel.reactions import Reaction
from dayline.projects.models import Project

project_created: Reaction[[Caller, Project]] = Reaction()
"""A project was made."""
