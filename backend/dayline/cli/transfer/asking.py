"""Parsing the input of a replay. Every error is a Fault."""

from collections.abc import Mapping
from pathlib import Path

from dayline.agreements.default import ALLOWANCES
from dayline.agreements.windows import read_windows
from dayline.calendars.times import OFFICE_HOURS, week_of
from dayline.core.phrase import Refused
from dayline.kernel.text.catalogs import render
from dayline.kernel.text.zones import zone_names
from dayline.local.fault import Fault
from dayline.transfer.report import Report
from dayline.transfer.slack.archive import ArchiveFault
from dayline.transfer.slack.replaying import replayed


def read_allowances(file: Path | None) -> dict[str, int]:
    """The allowances in seconds by kind: the defaults, overridden by an agreement. Raises Fault."""
    if file is None:
        return ALLOWANCES
    try:
        return ALLOWANCES | read_windows(file.read_text("utf-8"))
    except OSError as error:
        raise Fault(f"{file} cannot be read: {(error.strerror or str(error)).lower()}.") from None
    except UnicodeDecodeError:
        raise Fault(f"{file} is not a text file.") from None
    except Refused as refused:
        raise Fault(f"{file}: {render(refused.reason)}") from None


def read_report(file: Path, allowances: Mapping[str, int], zone: str) -> Report:
    """Replay a Slack export. Raises Fault."""
    if zone not in zone_names():
        raise Fault(f"--zone: {zone} is not the name of a time zone, like Europe/Kyiv.")
    try:
        return replayed(file, allowances, zone, week_of(OFFICE_HOURS))
    except ArchiveFault as fault:
        raise Fault(str(fault)) from None
