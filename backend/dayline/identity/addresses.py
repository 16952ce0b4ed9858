"""Email addresses in canonical form, without any lookup."""

from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter

from dayline.core.phrase import Phrase, Refused


def _spelled_once(value: str) -> str:
    """Return the address in lower case and ASCII, so that two spellings make one account."""
    try:
        found = validate_email(
            value.strip(),
            allow_smtputf8=False,
            check_deliverability=False,
            globally_deliverable=False,
        )
    except EmailNotValidError:
        raise Refused(Phrase("fields.email")) from None
    return f"{found.ascii_local_part}@{found.ascii_domain}".lower()


Address = Annotated[
    str,
    StringConstraints(min_length=3, max_length=254),
    AfterValidator(_spelled_once),
    Field(
        description="An email of up to 254 characters, in any case.",
        examples=["olena@example.org"],
        json_schema_extra={"format": "email"},
    ),
]
"""An email address of up to 254 characters, stored in lower case."""

_address: TypeAdapter[str] = TypeAdapter(Address)


def read_address(value: str) -> str:
    """Return the canonical form of an address. Raises ValueError if it isn't one."""
    return _address.validate_python(value)
