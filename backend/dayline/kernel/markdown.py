"""Markdown: what people write, as HTML that is safe in everybody's browser."""


def render(body: str) -> str:
    """The body as sanitised HTML."""
    raise NotImplementedError


def mentions_in(body: str) -> set[str]:
    """The handles that the body names by `@handle`, in lower case; not in code or links."""
    raise NotImplementedError
