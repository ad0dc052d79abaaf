"""How much one text may hold. What is read of a text costs some microseconds a line and half a kilobyte a change."""

from __future__ import annotations

MOST_LINES = 200_000
"""Lines of a normalised text, that is paragraphs: more than 64 MiB of press articles have."""

MOST_EDITS = 2_000_000
"""Changes of a text in one step of normalising: 64 MiB of lines that end in CR LF have a million."""


class TextTooLargeError(ValueError):
    """A text is small in bytes and yet too large to be read in bounded time and memory."""

    def __init__(self, most: int, what: str) -> None:
        super().__init__(f"more than {most:,} {what}")
        self.expected = f"a text of at most {most:,} {what}"
