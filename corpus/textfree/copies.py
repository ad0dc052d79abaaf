"""The user's folder of copies: which files of it are read, and the texts that they hold. Nothing there is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.findings import Finding
from corpus.forms import Document, Fault, read
from corpus.forms.encodings import detect_encoding
from corpus.terminal import shortened
from corpus.text.limits import TextTooLargeError
from corpus.textfree.scanning import Scanner
from corpus.textfree.store import Store
from corpus.textfree.unpacking import PACKING_ERRORS, readable

Scan = Callable[[str, str], int]
MOST_FILES = 200_000
# What a form notes of a file and what is no reason to leave it out.
_HARMLESS = ("text-field-guessed", "fact-field-missing", "sheet-unread", "encoding-unsure")


class Copies:
    """A folder of copies, or a single file. What is not read collects in `findings`, by paths inside the folder."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.findings: list[Finding] = []
        self.files = tuple(self._found())

    def name(self, path: Path) -> str:
        """The file's path inside the folder."""
        return path.name if path == self._place else path.relative_to(self._place).as_posix()

    def seek(self, scanner: Scanner, store: Store) -> None:
        """Seek what the store wants in every file: line by line, and then thoroughly what was not found so."""
        self._seek_everywhere(scanner.scan, store)
        if store.lengths and store.want_unfound():
            self._seek_everywhere(scanner.scan_thoroughly, store)
        if scanner.gave_up:
            self._note(self._place.name, "lines that are paragraphs", "too many others; not all of them were sought")

    def _seek_everywhere(self, scan: Scan, store: Store) -> None:
        for path in self.files:
            if store.lengths:
                self._seek_in(path, scan)

    def _found(self) -> Iterator[Path]:
        if not self._place.is_dir():
            yield self._place
            return
        count = 0
        for folder, folders, files in os.walk(self._place):
            folders.sort()
            linked = [name for name in folders if (Path(folder) / name).is_symlink()]
            for name in sorted([*files, *linked]):
                path = Path(folder) / name
                if path.is_symlink() or not path.is_file():
                    self._note(self.name(path), "a file of text", "a link, or a special file")
                    continue
                count += 1
                if count > MOST_FILES:
                    self._note(self._place.name, f"at most {MOST_FILES:,} files", "more")
                    return
                yield path

    def _seek_in(self, path: Path, scan: Scan) -> None:
        name = self.name(path)
        try:
            with readable(path) as (file, plain_name):
                reading = read(file, plain_name)
                found = self._seek_through(reading.documents, name, scan)
                if not found and reading.form != "text" and detect_encoding(file).encoding:
                    self._seek_through(read(file, plain_name, "text").documents, name, scan)
        except TextTooLargeError as error:
            self._note(name, error.expected, str(error))
        except (OSError, *PACKING_ERRORS) as error:
            self._note(name, "a file that can be read", str(getattr(error, "strerror", None) or error))

    def _seek_through(self, documents: Iterator[Document | Fault], name: str, scan: Scan) -> int:
        """How many paragraphs the texts of a file hold."""
        found = 0
        for item in documents:
            if isinstance(item, Document):
                found += scan(item.text, name)
            elif item.code not in _HARMLESS:
                self._fault(name, item)
        return found

    def _fault(self, name: str, fault: Fault) -> None:
        self._note(name, fault.expected, fault.found, fault.line)

    def _note(self, file: str, expected: str, found: str, line: int | None = None) -> None:
        self.findings.append(Finding(file, line, "copy-unread", None, shortened(expected), shortened(found)))
