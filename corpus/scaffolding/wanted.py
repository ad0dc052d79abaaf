"""What a new corpus is called, and which sample it begins with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import UnfitWishError
from corpus.seeds.blanks import BLANK, is_blank
from corpus.terminal import printable

# Languages that there is a sample article in; the others begin with the English one.
SAMPLES = ("en", "es")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 200  # code points of a title or a maker's name
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """A corpus as it was asked for, checked. `name`: lower-case letters and digits, joined by hyphens."""

    title: str
    name: str
    language: str
    creators: tuple[str, ...]

    @property
    def sample(self) -> str:
        """The language of the sample article: that of the corpus, or English."""
        own = self.language.partition("-")[0]
        return own if own in SAMPLES else "en"

    @property
    def sample_language(self) -> str:
        """The tag that the sample article is declared with."""
        return self.language if self.has_own_sample else "en"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the texts: that of the corpus, and that of the sample."""
        return tuple(dict.fromkeys((self.language, self.sample_language)))

    @property
    def has_own_sample(self) -> bool:
        """Whether the sample is in the language of the corpus."""
        return self.sample == self.language.partition("-")[0]


def wanted(
    folder: str, title: str | None = None, name: str | None = None, language: str = "en", creators: Sequence[str] = ()
) -> Wanted:
    """The corpus that is asked for; what is not said follows from the name of the folder.

    White space in titles and names of makers, line ends too, becomes one space. Raises `UnfitWishError` for a title
    that is empty, longer than 200 code points, begins like a blank or has characters that nobody sees; for a name or
    a language tag that is none.
    """
    said = _line("--title", title if title is not None else _from_folder(folder))
    name = name if name is not None else _slug(said) or _slug(folder) or "corpus"
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        raise UnfitWishError("--name", name, "lower-case letters and digits, joined by hyphens, such as harbour-notes")
    if not _LANGUAGE.fullmatch(language):
        raise UnfitWishError("--language", language, "a language tag, such as en, es or pt-BR")
    makers = tuple(_line("--creator", creator) for creator in creators)
    return Wanted(said, name, language, makers or (f"The makers of {said}",))


def _line(option: str, text: str) -> str:
    line = " ".join(text.split())
    if not line or len(line) > _LONGEST:
        raise UnfitWishError(option, line[:_LONGEST], f"1 to {_LONGEST} characters")
    if printable(line) != line:
        raise UnfitWishError(option, line, "no control characters or others that nobody sees")
    if is_blank(line):
        raise UnfitWishError(option, line, f"words; values that begin with {BLANK} are blanks to fill in")
    return line


def _from_folder(folder: str) -> str:
    words = " ".join(re.sub(r"[-_.\s]+", " ", folder).split())
    said = words[:1].upper() + words[1:_LONGEST]
    return said if said and printable(said) == said and not is_blank(said) else "New corpus"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-")
