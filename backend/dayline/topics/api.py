"""HTTP of topics."""

from fastapi import APIRouter

router = APIRouter(prefix="/api", tags=["topics"])
