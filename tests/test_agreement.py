"""Agreement between passes, on marks whose agreement is known by hand."""

from __future__ import annotations

import pyarrow as pa
import pytest

from corpus.tables.agreeing import measure_agreement


def marks(*rows: tuple[str, int, int, str]) -> pa.Table:
    """Marks of one article: pass, start, end, voice."""
    empty = dict.fromkeys(("attribution", "modality", "certainty", "topic", "actor_id"), "x")
    parts = dict.fromkeys(("claimant_text", "cue_text", "via_text"))
    return pa.Table.from_pylist(
        [
            {"article_id": "a", "pass_id": p, "char_start": s, "char_end": e, "voice": v, **empty, **parts}
            for p, s, e, v in rows
        ]
    )


def test_equal_passes_agree() -> None:
    """Two passes with the same marks agree wholly; a single label has no coefficient."""
    overall = measure_agreement(marks(("1", 0, 9, "author"), ("2", 0, 9, "author")))[0]

    assert (overall.exact_f1, overall.overlap_f1, overall.alphas["voice"]) == (1.0, 1.0, None)


def test_overlap_counts_by_half() -> None:
    """A span that shares half its union with another matches by overlap and not exactly."""
    overall = measure_agreement(marks(("1", 0, 10, "author"), ("2", 5, 10, "author"), ("2", 20, 30, "author")))[0]

    assert overall.exact_f1 == 0.0
    assert overall.overlap_f1 == pytest.approx(2 / 3)


def test_labels_are_corrected_for_chance() -> None:
    """Krippendorff's alpha of a small table equals the value worked out by hand."""
    rows = [("1", 0, 5, "author"), ("1", 10, 15, "reported"), ("1", 20, 25, "reported")]
    rows += [("2", 0, 5, "author"), ("2", 10, 15, "author"), ("2", 20, 25, "reported")]

    overall = measure_agreement(marks(*rows))[0]

    # Six values, three of each: expected disagreement 18/30, observed 2/6; alpha = 1 - (1/3) / (3/5).
    assert overall.alphas["voice"] == pytest.approx(4 / 9)
    assert overall.same["voice"] == pytest.approx(2 / 3)


def test_one_pass_has_no_agreement() -> None:
    """With one pass there is nothing to compare."""
    assert measure_agreement(marks(("1", 0, 9, "author"))) == []
