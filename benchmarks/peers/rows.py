"""Sentences and claims of a text as this project finds them, in values that Arrow takes: for equal work elsewhere."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

import corpus
from corpus.extracting.claims import ExtractedClaim

_SPAN = pa.list_(pa.int32())
_FIGURE = pa.struct(
    [
        ("span", _SPAN),
        *((name, pa.float64()) for name in ("value", "low", "high")),
        *((name, pa.string()) for name in ("comparator", "unit", "counted")),
    ]
)
_OF_CLAIM = {"figures": pa.list_(_FIGURE), "confidence": pa.float64(), "in_scheme": pa.bool_()}
_CLAIM = pa.struct(
    [
        (name, _OF_CLAIM.get(name, pa.int32() if name.endswith(("_start", "_end")) else pa.string()))
        for name in ExtractedClaim._fields
    ]
)
COLUMNS = [("sentences", pa.list_(_SPAN)), ("claims", pa.list_(_CLAIM))]
"""What `marked` gives, in Arrow's types: a type that is guessed from the first rows may not fit the others."""


def marked(text: str) -> dict[str, list[Any]]:
    """`sentences`: pairs of code points. `claims`: a mapping for each, with its figures."""
    normalised = text.replace("\r\n", "\n")
    return {
        "sentences": [list(span) for span in corpus.sentences(normalised)],
        "claims": [_row(claim) for claim in corpus.extract(normalised)],
    }


def _row(claim: ExtractedClaim) -> dict[str, Any]:
    figures = [{**figure._asdict(), "span": [figure.span.start, figure.span.end]} for figure in claim.figures]
    return {**claim._asdict(), "figures": figures}
