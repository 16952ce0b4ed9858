"""Parsing the input of a replay. Every error is a Fault."""

from collections.abc import Mapping
from pathlib import Path

from dayline.agreements.default import ALLOWANCES
from dayline.agreements.windows import read_windows
from dayline.calendars.times import OFFICE_HOURS, week_of
from dayline.core.phrase import Phrase, Refused
from dayline.kernel.ops.fault import Fault, reason_of_error
from dayline.kernel.text.zones import zone_names
from dayline.transfer.report import Report
from dayline.transfer.slack.replaying import replayed


def read_allowances(file: Path | None) -> dict[str, int]:
    """The allowances in seconds by kind: the defaults, overridden by an agreement. Raises Fault."""
    if file is None:
        return ALLOWANCES
    try:
        return ALLOWANCES | read_windows(file.read_text("utf-8"))
    except OSError as error:
        reason = reason_of_error(error)
        raise Fault(Phrase("commands.file-unreadable", file=str(file), reason=reason)) from None
    except UnicodeDecodeError:
        raise Fault(Phrase("commands.file-not-text", file=str(file))) from None
    except Refused as error:
        said = Phrase("commands.bad-value", name=str(file), reason=error.reason)
        raise Fault(said) from None


def read_report(file: Path, allowances: Mapping[str, int], zone: str) -> Report:
    """Replay a Slack export. Raises Fault."""
    if zone not in zone_names():
        raise Fault(Phrase("commands.not-a-zone", zone=zone))
    return replayed(file, allowances, zone, week_of(OFFICE_HOURS))
