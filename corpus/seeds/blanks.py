"""Blanks: places of a file that somebody has still to fill in, marked by a value that begins with TODO."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

BLANK = "TODO"
# Tables that may be missing: with a blank in them they count as missing, so that nothing follows from it.
_OPTIONAL_TABLES = ("outlet", "date", "locator", "compiler")
# Words of a file or its name, which may begin with TODO by themselves.
_COPIED = ("file", "fields", "begins", "exact", "prefix", "suffix", "no_starts", "no_claims")
_DEEPEST = 100

KeyPath = tuple[str | int, ...]


def is_blank(value: object) -> bool:
    """Whether a value is a blank."""
    return isinstance(value, str) and value.startswith(BLANK)


def open_blanks(values: object, at: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every blank below `values`, with the keys and indices that lead to it; none where words are copied from a text.

    Raises `RecursionError` where values are nested more deeply than any documented file has them.
    """
    if len(at) > _DEEPEST:
        msg = f"values nested more than {_DEEPEST} deep"
        raise RecursionError(msg)
    if isinstance(values, str):
        if is_blank(values):
            yield at, values
        return
    items: Sequence[tuple[str | int, object]] = ()
    if isinstance(values, Mapping):
        items = [(key, value) for key, value in values.items() if key not in _COPIED]
    elif isinstance(values, list):
        items = list(enumerate(values))
    for key, value in items:
        yield from open_blanks(value, (*at, key))


def without_blank_tables(values: object) -> object:
    """The values without the optional tables that have a blank."""
    if isinstance(values, list):
        return [without_blank_tables(value) for value in values]
    if not isinstance(values, dict):
        return values
    return {
        key: without_blank_tables(value)
        for key, value in values.items()
        if not (key in _OPTIONAL_TABLES and isinstance(value, dict) and any(map(is_blank, value.values())))
    }
