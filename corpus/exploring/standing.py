"""The pages that stand in a dataset: whether it has any, which, and writing them from its own tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.exploring.registers import About
from corpus.exploring.writing import MOST_IN_ONE_PART, MOST_ON_ONE_PAGE, explore
from corpus.names import EXPLORER_FOLDER, EXPLORER_PAGE, is_explorer
from corpus.tables.files import files_under, read_manifest, sha256_of


@dataclass(frozen=True, slots=True)
class Standing:
    """What pages a dataset of so many articles holds, where any are wanted.

    One page, or a folder of them, while all of it is searched together; a larger dataset holds none, since its pages
    would outweigh it: a page for each article takes several times the bytes of its rows.
    """

    is_wanted: bool
    articles: int

    @property
    def name(self) -> str | None:
        """The file or folder in the dataset; None where there are no pages."""
        if not self.is_wanted or self.articles > MOST_IN_ONE_PART:
            return None
        return EXPLORER_PAGE if self.articles <= MOST_ON_ONE_PAGE else EXPLORER_FOLDER

    @property
    def page(self) -> str | None:
        """The page to open; None where there are no pages."""
        return _first_page(self.name) if self.name else None

    @property
    def told(self) -> str:
        """Which page to open, or why there is none; empty where none is wanted."""
        if self.is_wanted and self.name is None:
            limit = f"{self.articles:,} articles are more than {MOST_IN_ONE_PART:,}"
            return f"left out, since {limit}; `corpus explore` writes pages beside the dataset"
        return f"open {self.page} in a browser" if self.page else ""

    def write(self, folder: Path, about: About) -> None:
        """Write the pages into a folder that holds the tables and no manifest yet."""
        if self.name:
            explore(folder, folder / self.name, about=about)


def standing_page(dist: Path) -> Path | None:
    """The page to open in a built dataset; None where it has none, or where its pages are not those that it lists.

    Raises `MissingDatasetError` where there is no dataset.
    """
    files = read_manifest(dist).get("files")
    listed = {name: digest for name, digest in files.items() if is_explorer(name)} if isinstance(files, dict) else {}
    present = [name for name in files_under(dist) if is_explorer(name)]
    first = next((name for name in (EXPLORER_PAGE, _first_page(EXPLORER_FOLDER)) if name in present), None)
    if first is None or set(present) != set(listed):
        return None
    is_whole = all(not (dist / name).is_symlink() and sha256_of(dist / name) == listed[name] for name in present)
    return dist / first if is_whole else None


def _first_page(name: str) -> str:
    return f"{name}/index.html" if name == EXPLORER_FOLDER else name
