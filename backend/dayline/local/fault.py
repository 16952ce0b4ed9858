"""The error that the command line shows as one sentence."""


class Fault(Exception):
    """An error that the operator can fix. Its text is one sentence that says what and how."""
