"""HTTP of topics, messages, project updates and attachments."""

from dayline.kernel.routing import Room
from dayline.topics.api import attachments, gate, topics

router = Room(prefix="/api/workspaces/{workspace}", tags=["topics"])
for part in (topics, gate, attachments):
    router.include_router(part.router)
