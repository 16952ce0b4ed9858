"""Logs: a JSON object per line, with the request's id, and without secrets."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

_SECRET_NAMES = re.compile(r"password|secret|token|authorization|cookie|^key$", re.IGNORECASE)
_SECRET_VALUES = re.compile(
    r"\bdl[a-z]*_[A-Za-z0-9_-]{20,}|\$argon2[a-z]*\$[^\s'\"]+|(?<=://)[^/@\s]+@"
    r"|(?<=/services/)[A-Za-z0-9/_-]{8,}"
)


QUIET = ("httpx", "httpcore", "arq")
"""Libraries that log too much: complete URLs, some of them secret, and every job."""


def redact(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """Redact values under secret names, tokens, and credentials in URLs."""
    return {name: _redacted(value, name) for name, value in line.items()}


def _redacted(value: Any, name: object = "") -> Any:
    if _SECRET_NAMES.search(str(name)):
        return "[redacted]"
    if isinstance(value, str):
        return _SECRET_VALUES.sub("[redacted]", value)
    if isinstance(value, Mapping):
        return {inner: _redacted(held, inner) for inner, held in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_redacted(held) for held in value]
    return value


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    redact,
]


def configure(level: str) -> None:
    """Log everything, including libraries, to standard error as JSON."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[handler_of(sys.stderr)], level=level.upper(), force=True)
    for library in QUIET:
        logging.getLogger(library).setLevel(logging.WARNING)


def handler_of(stream: TextIO) -> logging.Handler:
    """Return a handler that writes a JSON object per line to a stream, without secrets."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    return handler
