"""The one kind of error that the command line shows as a sentence."""


class Fault(Exception):  # noqa: N818 - it is what the operator sees, not a defect
    """Something the operator can mend. Its text is one sentence that says what and how."""
