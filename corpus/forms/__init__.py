"""Forms of files: what a file is, which texts it holds, and what it states about them.

Every form is one module with `documents(file, fields, encoding)`; `FORMS` is the only place that names them all.
No input raises: what cannot be read is a `Fault` among the documents. Nothing is fetched, nothing is written.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from corpus.forms import delimited, docx, hypertext, json_values, jsonl, parquet, plain, rtf, xlsx
from corpus.forms.detecting import detect_form, foreign
from corpus.forms.documents import FACTS, NOTES, Document, Fault, Fields
from corpus.forms.encodings import Detection, detect_encoding, size_of, too_large
from corpus.forms.limits import STREAMED_FILE, TEXTS, WHOLE_FILE, WHOLE_JSON
from corpus.forms.records import Records, chosen

__all__ = [
    "FACTS",
    "FORMS",
    "NOTES",
    "RECORD_FORMS",
    "Document",
    "Fault",
    "Fields",
    "Form",
    "Reading",
    "detect_form",
    "read",
]

_PROPOSED = Fields()
Documents = Callable[[BinaryIO, Fields, str | None], Iterator[Document | Fault]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of files. `records`: where it holds records, how they are read. `is_encoded`: its bytes are text in an
    encoding that must be known. `most`: bytes of a file that are read at most.
    """

    documents: Documents
    records: Records | None
    is_encoded: bool
    most: int


FORMS: Mapping[str, Form] = {
    "text": Form(plain.documents, None, True, WHOLE_FILE),
    "html": Form(hypertext.documents, None, True, WHOLE_FILE),
    "docx": Form(docx.documents, None, False, WHOLE_FILE),
    "rtf": Form(rtf.documents, None, False, WHOLE_FILE),
    "json": Form(json_values.documents, json_values.records, True, WHOLE_JSON),
    "jsonl": Form(jsonl.documents, jsonl.records, True, STREAMED_FILE),
    "csv": Form(delimited.csv_documents, delimited.csv_records, True, STREAMED_FILE),
    "tsv": Form(delimited.tsv_documents, delimited.tsv_records, True, STREAMED_FILE),
    "xlsx": Form(xlsx.documents, xlsx.records, False, WHOLE_FILE),
    "parquet": Form(parquet.documents, parquet.records, False, STREAMED_FILE),
}

RECORD_FORMS = frozenset(name for name, form in FORMS.items() if form.records is not None)
"""Forms in which each record is an article."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read. `encoding` and `encoding_basis` are None for forms that have none and for files without
    text. `fields`: as used, given or proposed. `documents` can be gone through once, while the file is open.
    """

    form: str
    encoding: str | None
    encoding_basis: str | None
    fields: Fields
    documents: Iterator[Document | Fault]


def read(
    file: BinaryIO, name: str, form: str | None = None, fields: Fields = _PROPOSED, encoding: str | None = None
) -> Reading:
    """Read the seekable `file`; what is not given is detected. `name` is only looked at for its ending.

    Raises `KeyError` for a `form` that is not in `FORMS`. Whatever the file holds, nothing else is raised, but
    `OSError` where the file itself cannot be read.
    """
    form = form or detect_form(file, name)
    how = FORMS[form]
    size = size_of(file)
    if size > how.most:
        return Reading(form, encoding, None, fields, iter([too_large(size, how.most)]))
    other = foreign(file) if how.is_encoded else None
    if other is not None:
        fault = Fault("container-unreadable", None, f"a file of the form {form}", other)
        return Reading(form, encoding, None, fields, iter([fault]))
    known = _encoding(file, form, encoding) if how.is_encoded else Detection(None, "", 1.0)
    faults = known.faults() if how.is_encoded else ()
    if how.is_encoded and known.encoding is None:
        return Reading(form, None, None, fields, iter(faults))
    if how.records is None:
        found = how.documents(file, fields, known.encoding)
    else:
        fields, found = chosen(how.records(file, fields, known.encoding), fields)
    return Reading(form, known.encoding, known.basis or None, fields, itertools.chain(faults, _bounded(found)))


def _bounded(documents: Iterator[Document | Fault]) -> Iterator[Document | Fault]:
    """The documents, as long as their texts together are not too large."""
    size = 0
    for item in documents:
        size += len(item.text) if isinstance(item, Document) else 0
        if size > TEXTS:
            yield Fault("container-too-large", None, f"texts of at most {TEXTS:,} characters together", "more")
            return
        yield item


def _encoding(file: BinaryIO, form: str, named: str | None) -> Detection:
    if named is not None:
        return Detection(named, "named", 1.0)
    found = detect_encoding(file)
    if form == "html" and not (found.encoding == "utf-8" and found.sureness < 1):
        # Bytes that are UTF-8 throughout, and not only ASCII, are so whatever the page says: saved pages often lie.
        file.seek(0)
        declared = hypertext.declared_encoding(file.read(WHOLE_FILE))
        if declared is not None:
            return Detection(declared, "named by the page", 0.95)
    return found
