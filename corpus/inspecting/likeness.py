"""Texts that are another text again, whole or nearly so, and texts that stand inside a longer one.

Resemblance and containment of sets of word shingles: Broder, "On the resemblance and containment of documents"
(SEQUENCES 1997). Candidates come from MinHash with locality-sensitive hashing (Leskovec, Rajaraman and Ullman, "Mining
of Massive Datasets", chapter 3) as `datasketch` has it; what is told of a candidate is counted, not estimated.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

LIKE = 0.8  # Jaccard: shared shingles among all shingles of the two texts
CONTAINED = 0.8  # shared shingles among those of the shorter text
WORDS_OF_SHINGLE = 5
MOST_SHINGLES = 20_000
_ALMOST = 0.9999  # same shingles, other order: like, and not the same text
_SEED = 1
_PERMUTATIONS = 128
# 32 bands of 4 rows: two texts with a likeness of 0.8 are missed once in twenty million pairs.
_BANDS_AND_ROWS = (32, 4)
_BATCH = 4_096
_SAMPLED = 16  # one shingle in so many leads to the texts that it stands in
_SHORTEST_PART = 80  # shingles
_MOST_TEXTS_OF_SHINGLE = 200
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Signature:
    """A text as the index sees it. `digest`: of its words in order. `shingles`: the smallest hashes of 64 bits."""

    digest: bytes
    shingles: frozenset[int]


class LikenessIndex:
    """An index of texts that finds those which are like a given one.

    Deterministic: the same texts give the same answers, in whatever order they were added (but see `inside`).
    Of each text the index keeps MOST_SHINGLES hashes at most; of a longer one (some 20,000 words) these are the
    smallest, a fair sample, and its likenesses are estimates. Words are compared without case, punctuation is not.
    """

    def __init__(self) -> None:
        from datasketch import MinHash, MinHashLSH

        self._empty: Any = MinHash(num_perm=_PERMUTATIONS, seed=_SEED, hashfunc=_low_bits)
        self._buckets: Any = MinHashLSH(num_perm=_PERMUTATIONS, params=_BANDS_AND_ROWS)
        self._keys: dict[bytes, list[str]] = {}
        self._shingles: dict[bytes, array[int]] = {}
        self._texts_of: dict[int, tuple[bytes, ...]] = {}

    def add(self, key: str, text: str) -> None:
        """Add a text under a key; a text without words is left out.

        Raises ValueError if the key stands for this text already.
        """
        signature = _signature(text)
        if signature is None:
            return
        keys = self._keys.setdefault(signature.digest, [])
        if key in keys:
            msg = f"the key is given already: {key!r}"
            raise ValueError(msg)
        keys.append(key)
        if len(keys) == 1:
            self._enter(signature)

    def twins(self, text: str) -> list[tuple[str, float]]:
        """The keys of texts with a likeness of LIKE or more, the likest first, then by key.

        1.0 is told of texts with the same words in the same order only. A text that was added finds itself: ask
        before you add.
        """
        signature = _signature(text)
        if signature is None:
            return []
        found = dict.fromkeys(self._keys.get(signature.digest, ()), 1.0)
        for digest in self._buckets.query(self._minhash(signature.shingles)):
            likeness = min(_ALMOST, _jaccard(signature.shingles, frozenset(self._shingles[digest])))
            if digest != signature.digest and likeness >= LIKE:
                found |= dict.fromkeys(self._keys[digest], likeness)
        return _in_order(found)

    def inside(self, text: str) -> list[tuple[str, float]]:
        """The keys of texts that stand mostly inside this one or that this one stands mostly inside, and are no twins.

        With each key comes the share of the shorter text's shingles that both have, CONTAINED or more, the largest
        first. Texts of fewer than _SHORTEST_PART shingles are not looked for, and short ones inside one that is cut to
        MOST_SHINGLES are not found. A shingle leads to the first
        _MOST_TEXTS_OF_SHINGLE texts that have it: beyond, a formula that hundreds of texts share finds no others.
        """
        signature = _signature(text)
        if signature is None:
            return []
        found: dict[str, float] = {}
        for digest in self._sharing(signature.shingles):
            other = frozenset(self._shingles[digest])
            share = _containment(signature.shingles, other)
            is_twin = digest == signature.digest or _jaccard(signature.shingles, other) >= LIKE
            if share >= CONTAINED and not is_twin:
                found |= dict.fromkeys(self._keys[digest], share)
        return _in_order(found)

    def _enter(self, signature: _Signature) -> None:
        """Enter a text that the index has not seen."""
        self._shingles[signature.digest] = array("Q", signature.shingles)
        self._buckets.insert(signature.digest, self._minhash(signature.shingles))
        for shingle in _sampled(signature.shingles):
            texts = self._texts_of.get(shingle, ())
            if len(texts) < _MOST_TEXTS_OF_SHINGLE:
                self._texts_of[shingle] = (*texts, signature.digest)

    def _sharing(self, shingles: frozenset[int]) -> set[bytes]:
        """The texts that share a sampled shingle, and so are worth a count."""
        return {digest for shingle in _sampled(shingles) for digest in self._texts_of.get(shingle, ())}

    def _minhash(self, shingles: frozenset[int]) -> Any:
        """The sketch of a set of shingles, made in batches so that memory stays bounded."""
        sketch, waiting = self._empty.copy(), list(shingles)
        for start in range(0, len(waiting), _BATCH):
            sketch.update_batch(waiting[start : start + _BATCH])
        return sketch


def _signature(text: str) -> _Signature | None:
    """What the index keeps of a text; None where it has no words."""
    words = _WORD.findall(text.casefold())
    if not words:
        return None
    digest = hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return _Signature(digest, _smallest(_hashes(words)))


def _hashes(words: list[str]) -> Iterator[int]:
    """The hash of each run of WORDS_OF_SHINGLE words; of all words together where there are fewer."""
    from xxhash import xxh3_64_intdigest

    for at in range(max(1, len(words) - WORDS_OF_SHINGLE + 1)):
        shingle = " ".join(words[at : at + WORDS_OF_SHINGLE])
        yield xxh3_64_intdigest(shingle.encode("utf-8", "surrogatepass"))


def _smallest(hashes: Iterable[int]) -> frozenset[int]:
    """The MOST_SHINGLES smallest of the different hashes."""
    different = set(hashes)
    return frozenset(different if len(different) <= MOST_SHINGLES else sorted(different)[:MOST_SHINGLES])


def _bound(one: frozenset[int], other: frozenset[int]) -> int:
    """The largest hash up to which both sets are whole: beyond it, a cut set says nothing about what it lacks."""
    return min((max(hashes) for hashes in (one, other) if len(hashes) >= MOST_SHINGLES), default=2**64)


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared hashes among all hashes, up to where both are whole."""
    one, other = _comparable(one, other)
    shared = len(one & other)
    return shared / ((len(one) + len(other) - shared) or 1)


def _containment(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared hashes among those of the smaller set; 0 where that has fewer than _SHORTEST_PART."""
    one, other = _comparable(one, other)
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= _SHORTEST_PART else 0.0


def _comparable(one: frozenset[int], other: frozenset[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Both sets up to where both are whole."""
    bound = _bound(one, other)
    if bound == 2**64:
        return one, other
    return frozenset(h for h in one if h <= bound), frozenset(h for h in other if h <= bound)


def _sampled(shingles: frozenset[int]) -> Iterator[int]:
    """The shingles whose hash is a multiple of _SAMPLED: the same ones in every text (Broder's sampling modulo m)."""
    return (shingle for shingle in shingles if shingle % _SAMPLED == 0)


def _low_bits(value: int) -> int:
    """The 32 bits of a hash that MinHash works on."""
    return value & 0xFFFFFFFF


def _in_order(found: dict[str, float]) -> list[tuple[str, float]]:
    """Keys with their shares, the largest first, then by key."""
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
