"""What every format is read into and written from: documents, marks in them, links between marks."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.text.spans import Span

Attributes = tuple[tuple[str, str], ...]
"""Names with values, in the order given; a name may come several times."""

SOURCE, TARGET, TRIGGER = "Arg1", "Arg2", "Trigger"
"""Roles of the two ends of a plain link, and of the words that stand for an event."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a text. `fragments`: ascending code points, several where the mark is discontinuous."""

    mark_id: str
    label: str
    fragments: tuple[Span, ...]
    attributes: Attributes = ()
    notes: tuple[str, ...] = ()

    def words(self, text: str) -> str:
        """The words that the mark covers in `text`, a space between fragments."""
        return " ".join(span.of(text) for span in self.fragments)

    def attribute(self, name: str) -> str | None:
        """The first value of that name."""
        return next((value for known, value in self.attributes if known == name), None)


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between marks. `ends`: a role and the id of a mark (or of another link) for each, two or more.

    An event is a link whose first role is `Trigger`.
    """

    link_id: str
    label: str
    ends: tuple[tuple[str, str], ...]
    attributes: Attributes = ()
    notes: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it leads from one mark to another and says nothing else, as most tools have it."""
        return tuple(role for role, _ in self.ends) == (SOURCE, TARGET) and not self.attributes and not self.notes


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A text with its marks and the links between them. Ids are unique in a document."""

    document_id: str
    text: str
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    attributes: Attributes = ()

    def mark(self, mark_id: str) -> Mark | None:
        """The mark of that id."""
        return next((mark for mark in self.marks if mark.mark_id == mark_id), None)
