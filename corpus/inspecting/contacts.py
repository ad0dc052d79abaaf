"""Addresses and telephone numbers, by which a person can be reached: data that an article's readers rarely need."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from corpus.inspecting.lexicon import read_lexicon
from corpus.inspecting.suspicions import Suspicion, primary_language
from corpus.inspecting.telephones import telephone_numbers
from corpus.text.spans import Span

_EXPECTED = "no address or number of a person"
# Every repetition is bounded and gives nothing back. 64 and 63 are the longest local part and label (RFC 5321, 1035).
_MAIL = re.compile(
    r"(?<![\w.%+-])(?P<local>\w[\w.%+'’-]{0,63}+)@(?P<host>[^\W_](?:[\w-]{0,62}+\.(?=[^\W_])){1,8}+[^\W\d_]{2,24}+)(?![\w@])"
)
_OFFICE_PART = re.compile(r"[.+_-]|\d+")


def inspect_contacts(text: str, language: str | None) -> Iterator[Suspicion]:
    """Each e-mail address and each telephone number (`contact-data`), masked, with its kind.

    `office address` is one that is known to name no person (press@, info@). Addresses written to hide them from
    programs (`name at example dot org`) are not found, nor are numbers that `telephone_numbers` leaves out.
    """
    if "@" in text:
        for match in _MAIL.finditer(text):
            kind = "office address" if _is_office(match["local"]) else "address"
            yield Suspicion("contact-data", Span(*match.span()), _EXPECTED, f"{kind} {_masked_mail(match)}")
    for span in telephone_numbers(text, primary_language(language)):
        yield Suspicion("contact-data", span, _EXPECTED, f"telephone number {_masked_number(span.of(text))}")


def _is_office(local: str) -> bool:
    """Whether the local part of an address names an office: as a whole, or a part of it (`press.london`)."""
    local = local.lower()
    return local in _offices() or not _offices().isdisjoint(_OFFICE_PART.split(local))


def _masked_mail(match: re.Match[str]) -> str:
    """The first letter of the name and of the host, and the host's last label."""
    return f"{match['local'][0]}…@{match['host'][0]}….{match['host'].rpartition('.')[2]}"


def _masked_number(number: str) -> str:
    """The first three and the last two characters of a number."""
    return f"{number[:3]}…{number[-2:]}"


@functools.cache
def _offices() -> frozenset[str]:
    return frozenset(read_lexicon("contacts")["offices"].split())
