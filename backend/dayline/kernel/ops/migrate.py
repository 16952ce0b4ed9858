"""Migrating the database to what this version of Dayline needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from dayline.kernel.ops.settings import Settings


def alembic_config(url: str) -> Config:
    """Return Alembic's configuration for the database at `url`, for the tables' owner."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[2] / "migrations"))
    config.attributes["url"] = url
    return config


def upgrade(settings: Settings) -> None:
    """Run all pending migrations. Raises ValueError if no database is configured."""
    if settings.owner_database_url is None:
        raise ValueError("DAYLINE_DATABASE_URL is not set")
    command.upgrade(alembic_config(settings.owner_database_url), "head")
