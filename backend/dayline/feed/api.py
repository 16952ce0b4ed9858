"""HTTP of feed."""

from fastapi import APIRouter

router = APIRouter(prefix="/api", tags=["feed"])
