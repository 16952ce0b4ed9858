"""Migrations: bring the database to the state that this version of Dayline needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from dayline.kernel.ops.settings import Settings


def alembic_config(url: str) -> Config:
    """Alembic's configuration for the database at `url`, as the role that owns the tables."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[2] / "migrations"))
    config.attributes["url"] = url
    return config


def upgrade(settings: Settings) -> None:
    """Run every migration that the database has not had yet."""
    if settings.owner_database_url is None:
        raise ValueError("DAYLINE_DATABASE_URL is not set")
    command.upgrade(alembic_config(settings.owner_database_url), "head")
