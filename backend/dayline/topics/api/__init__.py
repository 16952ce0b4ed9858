"""HTTP of topics, messages, project updates and attachments."""

from fastapi import APIRouter

from dayline.topics.api import attachments, gate, topics

router = APIRouter(prefix="/api/workspaces/{workspace}", tags=["topics"])
for part in (topics, gate, attachments):
    router.include_router(part.router)
