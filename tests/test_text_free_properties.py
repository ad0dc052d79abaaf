"""Invented texts with odd characters: stripped, copied as people copy, hydrated, they are exactly what they were."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.tables.files import table_file, write_table
from corpus.tables.shapes import arrow_schema
from corpus.text.decoding import DecodedText
from corpus.text.normalising import normalise
from corpus.textfree.folding import Positions, fold, unfold
from corpus.textfree.hydrating import hydrate
from corpus.textfree.masking import Masker, unmask
from corpus.textfree.releasing import without_text

ODD = "“”„«»‘’‚‹›'\"`´′″-‐‑–—−…... ,;:!?\u00a0\u2009éñçøßŁ\u0301\u0323क्षि漢字한글אבג🙂👩\u200d🌾½²ﬁΩÅ\u212b"
words = st.text(alphabet=st.sampled_from("abcdefgh" + ODD), min_size=1, max_size=9)
paragraphs = st.lists(words, min_size=1, max_size=8).map(" ".join)
texts = st.lists(paragraphs, min_size=1, max_size=4).map("\n".join)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# What people's copies do to a text; each is one that docs/text-free.md lists.
CHANGES: dict[str, Callable[[str], str]] = {
    "straight": lambda text: re.sub("[“”„«»″]", '"', re.sub("[‘’‚‹›`´′]", "'", text)),
    "typographic": lambda text: text.replace('"', "”").replace("'", "’"),
    "dashes": lambda text: re.sub("[‐‑–—−]", "-", text),
    "long dashes": lambda text: text.replace("—", "--").replace("-", "–"),
    "dots": lambda text: text.replace("…", "..."),
    "ellipses": lambda text: text.replace("...", "…"),
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "blank lines": lambda text: text.replace("\n", "\n\n \n"),
    "spaces": lambda text: text.replace(" ", " \u00a0 "),
    "trailing": lambda text: text.replace("\n", " \t\n") + " \n\n",
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "mark": lambda text: f"\ufeff{text}",
    "wrapped": lambda text: text.replace(" ", "\n", 3),
    "in one line": lambda text: text.replace("\n", " "),
}
changes = st.lists(st.sampled_from(sorted(CHANGES)), unique=True, max_size=5)


def row_of(table: str, **values: object) -> dict[str, object]:
    """A row with nulls where nothing is said."""
    return {field.name: values.get(field.name) for field in arrow_schema(table)}


def dataset_of(folder: Path, found: list[str]) -> Path:
    """A dataset with nothing but articles of these texts and their paragraphs."""
    articles, lines = [], []
    for number, text in enumerate(found):
        name, at = f"9{number:02}-01", 0
        digest = hashlib.sha256(text.encode()).hexdigest()
        articles.append(row_of("articles", article_id=name, seed_id="900", text=text, text_sha256=digest, authors=[]))
        for place, line in enumerate(text.split("\n"), 1):
            span = {"char_start": at, "char_end": at + len(line)}
            lines.append(row_of("paragraphs", paragraph_id=f"{name}-p{place:02}", article_id=name, text=line, **span))
            at += len(line) + 1
    tables = {"articles": articles, "paragraphs": lines}
    for name, rows in tables.items():
        path = folder / table_file(name)
        path.parent.mkdir(parents=True)
        write_table(path, pa.Table.from_pylist(rows, schema=arrow_schema(name)))
    manifest = {"name": "invented", "digest_version": 1, "digest": digest_of(tables), "tables": {}}
    manifest["tables"] = {name: {"rows": len(rows)} for name, rows in tables.items()}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def digest_of(tables: dict[str, list[dict[str, object]]]) -> str:
    """The content digest of such a dataset."""
    from corpus.tables.digesting import dataset_digest, table_digest

    made = {name: pa.Table.from_pylist(rows, schema=arrow_schema(name)) for name, rows in tables.items()}
    return dataset_digest({name: table_digest(name, table) for name, table in made.items()})


@quick
@given(st.lists(texts, min_size=1, max_size=3), changes)
@example([":\n: :"], ["wrapped"])  # a line of a wrapped paragraph is another paragraph
@example([": : : : : :\n: : : : : : : : :\n::"], ["in one line"])  # a paragraph starts in several ways
def test_stripped_copied_and_hydrated(given_texts: list[str], chosen: list[str]) -> None:
    """Whatever allowed differences a copy has, the exact texts come back, and the digest of the full dataset."""
    found = [text for text in dict.fromkeys(normalise(DecodedText(t, "utf-8")).text for t in given_texts) if text]
    if not found:
        return
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "full").mkdir()
        (folder / "copies").mkdir()
        full = dataset_of(folder / "full", found)
        without_text(full, folder / "free")
        for number, text in enumerate(found):
            for change in chosen:
                text = CHANGES[change](text)  # noqa: PLW2901
            (folder / "copies" / f"{number}.txt").write_bytes(text.encode())

        done = hydrate(folder / "free", folder / "copies", folder / "back")

        assert done.missing == 0, (done.findings, chosen)
        assert done.digest == done.full_digest


@given(st.text(alphabet=st.sampled_from("ab" + ODD), max_size=60))
def test_folding_can_be_undone(text: str) -> None:
    """The patch of a folded text gives the text again, holds no letter, and positions lead there and back."""
    folded = fold(text)

    assert unfold(folded.text, folded.patches()) == text
    assert fold(folded.text).text == folded.text
    assert not any(character.isalnum() for patch in folded.patches() for character in patch.original)
    positions = Positions(folded.edits)
    for at, character in enumerate(text):
        if character.isalpha():
            assert folded.text[positions.after(at)] == character
            assert positions.before(positions.after(at)) == at


few = st.lists(st.sampled_from(["a", "b", "c", "A,", "b.", "“c”", "-", "&amp;"]), max_size=40).map(" ".join)


@given(few, few, few)
def test_masked_values_can_be_restored(article: str, value: str, other: str) -> None:
    """Whatever a value has in common with an article, it comes back from its slices, and no long run stays."""
    masker = Masker()
    for noted in (value, other):
        masker.note(noted)
    masker.read("1", article, None)

    masked = masker.mask(value)

    assert unmask(masked.text, [(slice_.at, article[slice_.start : slice_.end]) for slice_ in masked.slices]) == value
    assert masked.left is not None or not long_runs(article) & long_runs(masked.text)


def long_runs(text: str) -> set[tuple[str, ...]]:
    """Eight words in a row, as a reader counts them: letters, whatever their case."""
    found = re.findall(r"\w+|\[…\]", text.casefold().replace("&amp;", ""))
    return set(zip(*(found[at:] for at in range(8)), strict=False))
