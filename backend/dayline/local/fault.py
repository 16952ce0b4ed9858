"""The one kind of error that the command line shows as a sentence."""


class Fault(Exception):
    """Something the operator can mend. Its text is one sentence that says what and how."""
