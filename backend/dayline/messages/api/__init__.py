"""HTTP routes of topics, messages, project updates and attachments."""

from dayline.kernel.http.routing import Room
from dayline.messages.api import answers, ask_preview, attachments, clarity, topics

router = Room(prefix="/api/workspaces/{workspace}", tags=["topics"])
for part in (topics, answers, ask_preview, clarity, attachments):
    router.include_router(part.router)
