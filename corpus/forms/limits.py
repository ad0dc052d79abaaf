"""How much of a file is read at most. Sizes are bytes of the file unless said otherwise."""

from __future__ import annotations

MIB = 1 << 20

WHOLE_FILE = 64 * MIB
"""A file that is read whole as one text, or the part of a DOCX that holds it. 64 MiB are about ten million words,
more than one export of a press database; parsing takes some ten times as much memory."""

WHOLE_JSON = 256 * MIB
"""A JSON file, which must be parsed as a whole. Larger collections are to be had as JSON Lines, which streams."""

STREAMED_FILE = 2048 * MIB
"""A file that is read record by record: memory does not grow with it, time does (about 10 s for each GiB)."""

RECORD = 64 * MIB
"""One record, its line ends included; in a table, code points rather than bytes."""

RECORD_TEXT = 8 * MIB
"""Code points of the text of one record: some fifteen novels."""

TEXTS = 512 * MIB
"""Code points of all texts of a file together: a value that a table keeps once may stand in each of a million rows."""

UNPACKED = 256 * MIB
"""All parts of a ZIP container together, unpacked."""

CELLS = 8_000_000
"""Cells of the rectangle that a sheet's filled cells span: the library keeps all of it, at 32 bytes a cell."""

RATIO = 200
"""How many times larger a large part of a ZIP container may be than it is packed; office files stay below 100."""

MEMBERS = 10_000
"""Parts of a ZIP container; office files have some dozens."""
