"""Wrap text for a terminal of 80 columns."""

from textwrap import fill

WIDTH = 80


def wrapped(text: str, indent: int = 0, further: int | None = None) -> list[str]:
    """Wrap a paragraph into lines, the first indented and the rest two spaces more unless told; no word is broken."""
    return wrapped_to(WIDTH, text, indent, further)


def wrapped_to(width: int, text: str, indent: int = 0, further: int | None = None) -> list[str]:
    """Wrap a paragraph as ``wrapped`` does, to another width."""
    return fill(
        text,
        width=width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2 if further is None else further),
        break_long_words=False,
        break_on_hyphens=False,
    ).split("\n")
