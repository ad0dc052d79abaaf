"""Sentences and claims of any text, by rule: the public face of the extractor."""

from __future__ import annotations

from typing import NamedTuple

from corpus.extracting.claims import ExtractedClaim, extract_claims
from corpus.text import sentences as splitting


class Offsets(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


def sentences(text: str, language: str = "en") -> list[Offsets]:
    """The sentences of a text, one paragraph per line, as half-open ranges of code points.

    >>> import corpus
    >>> text = "Rents rose. Nobody knew why."
    >>> [text[start:end] for start, end in corpus.sentences(text)]
    ['Rents rose.', 'Nobody knew why.']

    `language`: a BCP 47 tag; English, Arabic, Hebrew, Turkish and Spanish have abbreviations of their own.
    """
    return [Offsets(span.start, span.end) for span in splitting.sentences(text, language)]


def extract(text: str, language: str = "en") -> list[ExtractedClaim]:
    """What a text claims and reports, found by rule, in text order, under the names of the columns of `claims`.

    >>> import corpus
    >>> text = "The mayor said that rents had risen by 4 percent."
    >>> claim = corpus.extract(text)[0]
    >>> text[claim.char_start : claim.char_end], claim.voice
    ('rents had risen by 4 percent', 'reported')
    >>> text[claim.claimant_start : claim.claimant_end], claim.figures[0].value
    ('The mayor', 4.0)

    What somebody is said to want, plan, order, like or merely mention is found as well, with `in_scheme` False: the
    dataset's tables hold only what is in the scheme, and these claims do not overlap. `cue_class` and `is_assertion`
    narrow reports to assertions:

    >>> wish = corpus.extract("The mayor hopes to open a bakery.")
    >>> [(claim.cue_class, claim.in_scheme, claim.is_assertion) for claim in wish]
    [(None, True, True), ('attitude', False, False)]

    What one cue reports may be several claims, one for each clause: they share `cue_start`, and together they are
    the content of one attribution.

    Claims are marked for English. In other languages only quotations (as direct claims) and figures are found.
    """
    return extract_claims(text, language.split("-", maxsplit=1)[0], beyond_scheme=True)
