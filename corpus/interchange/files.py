"""Files of annotations, read in bounded memory and never outside of their folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote, unquote

from corpus.interchange.faults import Faults

MOST_BYTES = 64 << 20
"""Bytes of one file: a JSON file of that size takes about a gigabyte when it is parsed."""
_MOST_FILES = 100_000
_LONGEST_NAME = 240  # a file system takes 255 bytes
_DEEPEST = 100
_MOST_DIGITS = 18
_NUMBER = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n|\r|\n")


def files_of(place: Path, suffixes: Sequence[str], faults: Faults) -> Iterator[Path]:
    """The file itself, or the files of a folder and below that end in one of `suffixes`, in order of their names.

    A link that leads out of the folder is a finding, and so is more than 100,000 files.
    """
    if not place.is_dir():
        yield from (path for path in [place] if _is_readable(path, place.parent, faults, is_named=True))
        return
    found = sorted(path for path in place.rglob("*") if path.suffix.lower() in suffixes)
    if len(found) > _MOST_FILES:
        faults.file = place.name
        faults.add("annotation-too-large", None, f"at most {_MOST_FILES:,} files", f"{len(found):,} files")
        return
    yield from (path for path in found if _is_readable(path, place, faults))
    if not found:
        faults.file = place.name
        faults.add("annotation-unreadable", None, f"files that end in {' or '.join(suffixes)}", "none in the folder")


def _is_readable(path: Path, folder: Path, faults: Faults, *, is_named: bool = False) -> bool:
    """Whether a path is a file with an end that lies in its folder; a file that a person named may be a link."""
    faults.file = shown(path, folder)
    if not is_named and not path.resolve().is_relative_to(folder.resolve()):
        faults.add("annotation-unsafe", None, "a file inside the folder", "a link that leads outside")
        return False
    if not path.is_file():
        faults.add("annotation-unreadable", None, "a file", "none, or a pipe or device")
        return False
    return True


def shown(path: Path, folder: Path) -> str:
    """How findings name a file: from its folder on, with forward slashes."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def read_text(path: Path, faults: Faults) -> str | None:
    """The text of a file in UTF-8, line ends and a byte-order mark as they are; None with a finding if it has none."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        faults.add("annotation-too-large", None, f"at most {MOST_BYTES:,} bytes", f"{size:,} bytes")
        return None
    try:
        return path.read_bytes().decode("utf-8")
    except ValueError as error:
        faults.add("annotation-unreadable", None, "text in UTF-8", str(error))
        return None


def without_bom(text: str) -> str:
    """`text` without a byte-order mark."""
    return text.removeprefix("\ufeff")


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers from 1, parted at line feeds only: a text may hold U+2028 and the like."""
    for number, line in enumerate(text.split("\n"), 1):
        yield number, line.removesuffix("\r")


def parsed_json(text: str) -> Any:
    """The value of JSON. Raises `ValueError` for what is none, is nested too deeply, or has half of a character."""
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        msg = "values nested too deeply"
        raise ValueError(msg) from None
    _check(value)
    return value


def _check(value: Any) -> None:
    """Raise `ValueError` for a surrogate, and for nesting beyond what can safely be written or shown again."""
    todo = [(value, 1)]
    while todo:
        part, depth = todo.pop()
        if isinstance(part, str):
            if not part.isascii() and _SURROGATE.search(part):
                msg = "a surrogate, which is half of a character"
                raise ValueError(msg)
        elif depth > _DEEPEST:
            msg = "values nested too deeply"
            raise ValueError(msg)
        elif isinstance(part, Mapping):
            todo += [(one, depth + 1) for pair in part.items() for one in pair]
        elif isinstance(part, list):
            todo += [(one, depth + 1) for one in part]


def _constant(word: str) -> NoReturn:
    msg = f"{word}, which is no JSON number"
    raise ValueError(msg)


def _whole(digits: str) -> int:
    """A whole number; one with more digits than any offset has is given as one that is beyond every text."""
    return int(digits) if len(digits) <= _MOST_DIGITS else int(digits[:_MOST_DIGITS])


_DECODER = json.JSONDecoder(parse_constant=_constant, parse_int=_whole)


def read_json(path: Path, faults: Faults) -> Any:
    """The value of a JSON file, None with a finding where it cannot be read."""
    text = read_text(path, faults)
    if text is None:
        return None
    try:
        return parsed_json(without_bom(text))
    except ValueError as error:
        faults.add("annotation-unreadable", None, "JSON", str(error), getattr(error, "lineno", None))
        return None


def offset_of(value: Any) -> int | None:
    """An offset that a file states as a number or in digits; None for anything else, such as 1.5, NaN or true."""
    if isinstance(value, str):
        return int(value) if _NUMBER.fullmatch(value) else None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def as_text(value: Any) -> str:
    """A value of JSON as an attribute holds it: a string as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def file_name(document_id: str) -> str:
    """A file's name for a document of any id: no separators, no leading dot, nothing but plain letters."""
    name = quote(document_id, safe="").replace("~", "%7E")
    return f"%2E{name[1:]}" if name.startswith(".") else name or "%"


def document_id_of(name: str) -> str:
    """The id that `file_name` made the name of; any other name is an id itself."""
    document_id = "" if name == "%" else unquote(name)
    return document_id if file_name(document_id) == name else name


def own_id(path: Path, place: Path) -> str:
    """The id of the one document of a file: its name, with the folders below `place` that it lies in."""
    name = shown(path.with_suffix(""), place if place.is_dir() else path.parent)
    return name if "/" in name else document_id_of(name)


class Texts:
    """The texts that files of annotations speak of: given ones by their ids, or `.txt` files beside them."""

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        self._given = given or {}
        self._read: dict[Path, str | None] = {}

    def of(self, document_id: str, beside: Path, faults: Faults) -> str | None:
        """The text of a document: in the file that is named after it, `beside` that file, or given. None: nowhere.

        A name that leads out of the folder is a finding.
        """
        path = self._named(document_id, beside)
        if path is not None and path not in self._read:
            self._read = {path: self._from_file(path, faults)}  # the last one only: a folder may hold very many
        text = None if path is None else self._read[path]
        return self._given.get(document_id) if text is None else text

    def _named(self, document_id: str, beside: Path) -> Path | None:
        """Where the text of that name would be: as this project names files, or else as a person has."""
        names = (file_name(document_id), document_id if Path(document_id).name == document_id else "")
        paths = [beside.with_name(f"{name}.txt") for name in names if name and len(name) <= _LONGEST_NAME]
        return next((path for path in paths if path.exists()), None)

    def _from_file(self, path: Path, faults: Faults) -> str | None:
        if not path.is_file():
            return None
        if not path.resolve().is_relative_to(path.parent.resolve()):
            faults.add("annotation-unsafe", path.name, "a file inside the folder", "a link that leads outside")
            return None
        return read_text(path, faults)


def write_text(path: Path, text: str) -> None:
    """Write a new file in UTF-8, line ends as they are. Raises `FileExistsError` where there is one."""
    with path.open("x", encoding="utf-8", newline="") as file:
        file.write(text)
