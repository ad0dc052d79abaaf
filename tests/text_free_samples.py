"""Invented collections and copies of their texts for the tests of the text-free release."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow.parquet as pq

from corpus.building import build

FAULTS = Path(__file__).resolve().parent / "faults"
Change = Callable[[str], str]

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "--", "–": "-", "…": "..."})
SEED = """file = "{file}"
sha256 = "{sha256}"
encoding = "utf-8"
layout = "{layout}"
language = "en"
obtained = "Invented."
rights = "Invented."
"""


def straight(text: str) -> str:
    """A text with the quotation marks, dashes and dots of a plain keyboard."""
    return text.translate(_STRAIGHT)


def with_crlf(text: str) -> str:
    """A text with the line ends of Windows."""
    return text.replace("\n", "\r\n")


def collection(place: Path, *faults: str, files: Mapping[str, str] | None = None) -> Path:
    """The valid collection of the fault tests in `place`/seeds, with folders of faults and files laid over it."""
    seeds = Path(shutil.copytree(FAULTS / "base", place / "seeds"))
    for fault in faults:
        ignored = shutil.ignore_patterns("expected.txt", "removed.txt")
        shutil.copytree(FAULTS / fault, seeds, dirs_exist_ok=True, ignore=ignored)
    for name, text in (files or {}).items():
        (seeds / name).parent.mkdir(exist_ok=True)
        (seeds / name).write_text(text, "utf-8", newline="\n")
    return seeds


def declared(file: str, text: str, layout: str = "article", rest: str = "") -> str:
    """A source.toml for a file with that text."""
    return SEED.format(file=file, sha256=hashlib.sha256(text.encode()).hexdigest(), layout=layout) + rest


def dataset(place: Path, *faults: str, files: Mapping[str, str] | None = None) -> Path:
    """An invented dataset, built in `place`/dist."""
    return build(collection(place, *faults, files=files), place / "dist", lock=None).folder


def copies_of(seeds: Path, place: Path, change: Change = lambda text: text) -> Path:
    """Copies of the texts of a collection in a folder of their own, under other names, each changed."""
    place.mkdir()
    for number, toml in enumerate(sorted(seeds.glob("*/source.toml"))):
        name = re.search(r'^file = "(.+)"$', toml.read_text("utf-8"), re.MULTILINE)
        assert name
        text = (toml.parent / name[1]).read_bytes().decode("utf-8")
        (place / f"copy {number}{Path(name[1]).suffix}").write_bytes(change(text).encode())
    return place


def article_texts(dist: Path) -> dict[str, str]:
    """The text of each article of a full dataset."""
    rows = pq.read_table(dist / "data" / "articles", columns=["article_id", "text"]).to_pylist()
    return {row["article_id"]: row["text"] for row in rows}


def manifest_of(dist: Path) -> dict[str, object]:
    """The manifest of a dataset."""
    return dict(json.loads((dist / "manifest.json").read_text("utf-8")))


def bytes_under(folder: Path) -> dict[str, bytes]:
    """The bytes of each file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
