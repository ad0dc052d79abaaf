r"""Annotations of other tools: read from any file, exported from a dataset, imported for a curator.

>>> import corpus, tempfile, pathlib
>>> folder = pathlib.Path(tempfile.mkdtemp())
>>> _ = (folder / "a.txt").write_text("Rents rose by 4 percent.")
>>> _ = (folder / "a.ann").write_text("T1\tClaim 0 23\\tRents rose by 4 percent\n")
>>> document, = corpus.read_annotations(folder, "brat")
>>> document.marks[0].words(document.text)
'Rents rose by 4 percent'
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from corpus.errors import PlaceTakenError, UnfitAnnotationsError, UnknownArticleError, UnknownFormatError
from corpus.findings import Finding, has_errors
from corpus.interchange.claims import ArticleText, claim_rows
from corpus.interchange.faults import Faults, Losses
from corpus.interchange.files import Texts
from corpus.interchange.offsets import Unit
from corpus.interchange.registry import Reading, format_named, formats
from corpus.interchange.rows import document_of
from corpus.interchange.values import AnnotatedDocument

if TYPE_CHECKING:
    import pyarrow.dataset as ds

Table = Literal["claims", "claims_automatic"]
_FIGURES = {"claims": "figures", "claims_automatic": "figures_automatic"}
_AT_ONCE = 200
Row = dict[str, Any]


def read_annotations(
    path: Path | str,
    form: str,
    *,
    texts: Mapping[str, str] | None = None,
    offsets: Unit | None = None,
    findings: list[Finding] | None = None,
) -> tuple[AnnotatedDocument, ...]:
    """The documents of a file or folder of annotations, each mark checked against its text.

    `form`: a name such as `brat`; docs/exchange.md has them all. `texts`: by their ids, where they stand neither in the
    files nor beside them. `offsets`: what they count, where the tool does not count as its format has it. All offsets
    that are given back are code points.

    Raises `UnknownFormatError`, `OSError`, and `UnfitAnnotationsError` with a finding for each record that does not
    fit. With a list as `findings`, these are added there, and what fits is given.
    """
    found: list[Finding] = []
    place = Path(path)
    if not place.exists():
        raise FileNotFoundError(2, "no such file or folder", str(place))
    documents = tuple(format_named(form).read(Reading(place, Faults(found), Texts(texts), offsets)))
    if findings is not None:
        findings += found
    elif has_errors(found):
        raise UnfitAnnotationsError(found)
    return documents


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: where, how many documents and marks, and what the format could not carry, in sentences."""

    folder: Path
    documents: int
    marks: int
    losses: tuple[str, ...]


def export_annotations(
    form: str, out: Path, dist: Path = Path("dist"), articles: Sequence[str] = (), table: Table = "claims"
) -> Exported:
    """Write articles of a dataset with their claims into the new folder `out`: all, or those that are named.

    Raises `UnknownFormatError` for a format that is not written, `PlaceTakenError` where `out` holds something,
    `UnknownArticleError`, `MissingDatasetError`. Whatever is raised, nothing is written.
    """
    writer = format_named(form).write
    if writer is None:
        raise UnknownFormatError(form, [one.name for one in formats() if one.write])
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise PlaceTakenError(out)
    dataset = _Dataset(dist)
    if unknown := [own for own in articles if own not in dataset.ids]:
        raise UnknownArticleError(unknown[0], sorted(dataset.ids))
    losses, counts = Losses(), [0, 0]
    out.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        staging.chmod(0o755)
        writer(_counted(dataset.documents(articles or sorted(dataset.ids), table), counts), staging, losses)
        staging.replace(out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Exported(out, counts[0], counts[1], tuple(losses.sentences()))


def _counted(documents: Iterator[AnnotatedDocument], counts: list[int]) -> Iterator[AnnotatedDocument]:
    for document in documents:
        counts[0] += 1
        counts[1] += len(document.marks)
        yield document


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import found. `rows`: how many lines were written to `file`; none where a finding is an error."""

    file: Path
    documents: int
    rows: int
    findings: tuple[Finding, ...]


def import_annotations(
    form: str, path: Path, out: Path, dist: Path = Path("dist"), offsets: Unit | None = None
) -> Imported:
    """Write the claims of a file or folder of annotations as lines for `claims.jsonl` into the new file `out`.

    A document is the article of its id, or the one with the same text. All or nothing: where a record does not fit,
    nothing is written. Raises `PlaceTakenError` where `out` exists, `UnknownFormatError`, `MissingDatasetError`.
    """
    if out.exists() or out.is_symlink():
        raise PlaceTakenError(out)
    dataset = _Dataset(dist)
    findings: list[Finding] = []
    documents = read_annotations(path, form, texts=dataset, offsets=offsets, findings=findings)
    faults, taken = Faults(findings, Path(path).name), set[str]()
    rows: list[Row] = []
    for document in documents:
        article = dataset.article_like(document)
        if article is None:
            expected = "an article of the dataset, by id or text"
            faults.add("annotation-document-unknown", document.document_id, expected, document.text[:60])
        else:
            rows += claim_rows(document, article, faults, taken)
    written = 0
    if not has_errors(findings):
        written = len(rows)
        with out.open("x", encoding="utf-8", newline="") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return Imported(out, len(documents), written, tuple(findings))


class _Dataset(Mapping[str, str]):
    """The articles of a dataset by id, each text read when it is asked for: a corpus need not fit in memory."""

    def __init__(self, dist: Path) -> None:
        from corpus.tables.files import read_manifest

        read_manifest(dist)  # raises where there is no dataset
        self._dist = dist
        table = self._table("articles")
        rows = table.to_table(columns=["article_id", "text_sha256"]).to_pylist() if table else []
        self.ids = {row["article_id"] for row in rows}
        self._by_text = {row["text_sha256"]: row["article_id"] for row in rows}

    def __getitem__(self, article_id: str) -> str:
        if article_id not in self.ids:
            raise KeyError(article_id)
        return str(self._rows("articles", [article_id], ["text"])[0]["text"])

    def __contains__(self, article_id: object) -> bool:
        return article_id in self.ids

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)

    def article_like(self, document: AnnotatedDocument) -> ArticleText | None:
        """The article that a document is: by its id, by the last part of it, or by its whole text."""
        known = [own for own in (document.document_id, document.document_id.rpartition("/")[2]) if own in self.ids]
        digest = hashlib.sha256(document.text.encode("utf-8")).hexdigest()
        own = known[0] if known else self._by_text.get(digest)
        return None if own is None else ArticleText(own, self[own])

    def documents(self, article_ids: Sequence[str], table: Table) -> Iterator[AnnotatedDocument]:
        """The articles in that order, with their claims."""
        for begin in range(0, len(article_ids), _AT_ONCE):
            own = list(article_ids[begin : begin + _AT_ONCE])
            texts = {row["article_id"]: row for row in self._rows("articles", own, ["article_id", "text"])}
            claims, figures = (_grouped(self._rows(name, own)) for name in (table, _FIGURES[table]))
            for article_id in own:
                yield document_of(texts[article_id], claims.get(article_id, []), figures.get(article_id, []))

    def _rows(self, name: str, article_ids: Sequence[str], columns: list[str] | None = None) -> list[Row]:
        import pyarrow.dataset as ds

        table = self._table(name)
        wanted = ds.field("article_id").isin(article_ids)
        rows: list[Row] = table.to_table(columns=columns, filter=wanted).to_pylist() if table else []
        return rows

    def _table(self, name: str) -> ds.Dataset | None:
        """A table, however many files it is in; None for one without rows, which is not published."""
        import pyarrow.dataset as ds

        from corpus.tables.files import table_files

        files = [str(path) for path in table_files(self._dist, name)]
        return ds.dataset(files, format="parquet") if files else None


def _grouped(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["article_id"], []).append(row)
    return found
