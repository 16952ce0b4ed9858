"""HTTP of topics, messages, project updates and attachments."""

from fastapi import APIRouter

from dayline.topics.api import attachments, topics

router = APIRouter(prefix="/api/workspaces/{workspace}", tags=["topics"])
for part in (topics, attachments):
    router.include_router(part.router)
