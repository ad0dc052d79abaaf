"""Plain text: the whole file is one document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from corpus.forms.documents import Document, Fault, Fields, short
from corpus.forms.encodings import detect_encoding, undecodable, whole
from corpus.forms.limits import WHOLE_FILE
from corpus.forms.records import blank, flaw
from corpus.text.decoding import UndecodableError, decode


def documents(file: BinaryIO, fields: Fields, encoding: str | None) -> Iterator[Document | Fault]:
    """The file's text, a byte-order mark kept, so that encoding it again gives the file's bytes."""
    data = whole(file, WHOLE_FILE)
    if isinstance(data, Fault):
        yield data
        return
    if encoding is None:
        detection = detect_encoding(io.BytesIO(data))
        yield from detection.faults()
        if detection.encoding is None:
            return
        encoding = detection.encoding
    try:
        text = decode(data, encoding).text
    except UndecodableError as error:
        yield undecodable(encoding, error.byte, data[error.byte : error.byte + 1], 0)
    except (LookupError, ValueError) as error:
        yield Fault("text-undecodable", 0, "the name of a text encoding", short(error))
    else:
        yield flaw(text, 0, "the text") or blank(text, 0) or Document(0, None, text, {})
