"""Writing an explorer: one page, or a folder with a page for each article, in the place of an earlier one only."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import InsideDatasetError, NotAnExplorerError, TooManyArticlesError
from corpus.exchanging import replace_folder
from corpus.exploring.articles import Article, article_ids, read_articles
from corpus.exploring.charts import require_drawing
from corpus.exploring.figures import Quantity, read_quantities
from corpus.exploring.index import search_index
from corpus.exploring.library import Library, open_library
from corpus.exploring.pictures import Picture, read_pictures
from corpus.exploring.raw_bytes import Runs
from corpus.exploring.registers import About, Registers, about_dataset, read_registers
from corpus.exploring.rendering import GENERATOR, stream
from corpus.names import EXPLORER_FOLDER, EXPLORER_PAGE, MANIFEST

# A page with more articles takes seconds to open on a phone; a search over more claims takes longer than a keystroke.
MOST_ON_ONE_PAGE = 100
MOST_IN_ONE_PART = 2000
_AT_ONCE = 50
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Explorer:
    """What was written. `parts`: folders that are searched each by itself, 1 where all are searched together."""

    place: Path
    articles: int
    claims: int
    size: int
    parts: int


@dataclass(frozen=True, slots=True)
class _Shared:
    """What every page of one explorer is rendered with."""

    library: Library
    registers: Registers
    marks: str
    pictures: tuple[Picture, ...]
    quantities: tuple[Quantity, ...]
    progress: Progress


def explore(
    dist: Path | str = "dist",
    out: Path | str | None = None,
    *,
    with_text: bool = True,
    marks: str = "curated",
    about: About | None = None,
    progress: Progress = lambda _: None,
) -> Explorer:
    """Write static pages for the dataset `dist`, the same to the byte for the same tables.

    `out`: a file `….html` for one page, else a folder with a page for each article (default: `explorer.html`, or
    `explorer` beyond `MOST_ON_ONE_PAGE` articles, beside the dataset). `with_text` false: titles, labels and offsets.
    `marks`: `curated` or `automatic` claims. `about`: what the dataset is (default: what manifest and
    card say; where it is given, neither need be there yet).
    Raises `MissingDatasetError`, `DamagedTableError`, `NotAnExplorerError` where something else stands at `out`,
    `TooManyArticlesError` where one page is asked for too many articles, `InsideDatasetError` where `out` lies in
    a dataset that is finished, `MissingExtraError` where the package that draws is missing.
    """
    dist = Path(dist)
    require_drawing("an explorer")
    about = about or about_dataset(dist)
    with open_library(dist) as full, open_library(dist, with_text=with_text) as library:
        ids = article_ids(library)
        target = Path(out) if out else _default(dist, len(ids))
        _check(target, len(ids), dist)
        registers = read_registers(library, about)
        progress("drawing")
        tables = ("claims", "figures") if marks == "curated" else ("claims_automatic", "figures_automatic")
        pictures = tuple(read_pictures(library, full, tables[0]))
        quantities = tuple(read_quantities(library, registers, *tables))
        shared = _Shared(library, registers, marks, pictures, quantities, progress)
        if target.suffix == ".html":
            claims = _write_file(target, shared, ids)
            return Explorer(target, len(ids), claims, target.stat().st_size, 1)
        claims = _write_folder(target, shared, ids)
        size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
        return Explorer(target, len(ids), claims, size, max(len(_parts(ids)), 1))


def _default(dist: Path, count: int) -> Path:
    return dist.absolute().parent / (EXPLORER_PAGE if count <= MOST_ON_ONE_PAGE else EXPLORER_FOLDER)


def _check(target: Path, count: int, dist: Path) -> None:
    """Refuse to write over anything that this program did not write, and into a dataset that has its checksums."""
    if (dist / MANIFEST).exists() and target.resolve().is_relative_to(dist.resolve()):
        raise InsideDatasetError(target, dist)
    page = target if target.suffix == ".html" else target / "index.html"
    if target.suffix == ".html" and count > MOST_IN_ONE_PART:
        raise TooManyArticlesError(count, MOST_IN_ONE_PART)
    if target.is_symlink() or (target.exists() and not (_is_ours(page) or _is_empty(target))):
        raise NotAnExplorerError(target)


def _is_empty(target: Path) -> bool:
    return target.is_dir() and not any(target.iterdir())


def _is_ours(page: Path) -> bool:
    try:
        with page.open("rb") as file:
            return f'name="generator" content="{GENERATOR}"'.encode() in file.read(4096)
    except OSError:
        return False


def _write_file(target: Path, shared: _Shared, ids: Sequence[str]) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    try:
        claims = _write_index(Path(name), shared, ids, in_folder=False)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
    return claims


def _write_folder(target: Path, shared: _Shared, ids: Sequence[str]) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    claims = 0

    def fill(folder: Path) -> None:
        nonlocal claims
        parts = _parts(ids)
        if len(parts) > 1:
            claims = _write_parts(folder, shared, parts)
        else:
            claims = _write_index(folder / "index.html", shared, ids, in_folder=True)

    replace_folder(target, fill)
    return claims


def _parts(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[at : at + MOST_IN_ONE_PART] for at in range(0, len(ids), MOST_IN_ONE_PART)]


def _write_parts(folder: Path, shared: _Shared, parts: Sequence[Sequence[str]]) -> int:
    """A folder for each part, with the pictures of the whole on a page before them."""
    listed, claims = [], 0
    for number, ids in enumerate(parts, 1):
        place = folder / f"part-{number:03d}"
        place.mkdir()
        bare = replace(shared, pictures=(), quantities=())
        found = _write_index(place / "index.html", bare, ids, in_folder=True)
        listed.append((place.name, ids[0], ids[-1], len(ids), found))
        claims += found
    values = _values(shared) | {"parts": listed}
    _write(folder / "index.html", stream("parts.html.j2", values))
    return claims


def _write_index(path: Path, shared: _Shared, ids: Sequence[str], *, in_folder: bool) -> int:
    """The page that all others hang on, and, in a folder, a page for each article. Gives the number of claims."""
    articles: list[Article] = []
    for at in range(0, len(ids), _AT_ONCE):
        shared.progress(f"articles {at + 1:,} of {len(ids):,}")
        some = read_articles(shared.library, ids[at : at + _AT_ONCE], shared.registers, shared.marks)
        if in_folder:
            _write_articles(path.parent / "articles", shared, some)
            some = [replace(article, paragraphs=(), runs=Runs((), None, "")) for article in some]
        articles += some
    values = _values(shared) | {
        "articles": articles,
        "in_folder": in_folder,
        "index": search_index(articles, shared.registers, in_folder),
    }
    _write(path, stream("index.html.j2", values))
    return sum(len(article.claims) for article in articles)


def _write_articles(folder: Path, shared: _Shared, articles: Sequence[Article]) -> None:
    folder.mkdir(exist_ok=True)
    for article in articles:
        about = shared.registers.about
        dataset = {"title": about.title, "version": about.version, "digest": about.digest}
        values = _values(shared) | {"article": article, "in_folder": True, "index": {"dataset": dataset}}
        _write(folder / f"{article.anchor}.html", stream("article_page.html.j2", values))


def _values(shared: _Shared) -> dict[str, Any]:
    return {
        "about": shared.registers.about,
        "registers": shared.registers,
        "marks": shared.marks,
        "has_text": shared.library.has_text,
        "pictures": shared.pictures,
        "quantities": shared.quantities,
    }


def _write(path: Path, pieces: Iterable[str] | Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
