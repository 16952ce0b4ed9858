"""HTTP of projects."""

from fastapi import APIRouter

router = APIRouter(prefix="/api", tags=["projects"])
