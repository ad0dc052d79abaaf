"""BIO, the columns of CoNLL, for training taggers: a token a line, an empty line between paragraphs.

Written are the token, its offsets, and a column for each label, so that marks with different labels may overlap. A
comment before each document holds its text as JSON, so that nothing of it is lost. Read is any such file: with offsets
or without (the text is then the tokens with a space between them), one or several columns of tags in BIO, IOB1,
BIOES or BILOU, `-DOCSTART-` or `# newdoc id` between documents.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote

import regex

from corpus.interchange.faults import Faults, Losses
from corpus.interchange.files import files_of, lines_of, offset_of, parsed_json, read_text, without_bom
from corpus.interchange.placing import Stated, place
from corpus.interchange.registry import Format, Reading
from corpus.interchange.values import AnnotatedDocument, Mark
from corpus.text.spans import Span

_TAG = re.compile(r"(?:O|_|([BILOUESM])-(.*))", re.DOTALL)
_TOKEN = regex.compile(r"[\w\p{M}]+|[^\s\w\p{M}]")
_HEAD = re.compile(r"#\s*(newdoc id|text as JSON|columns)\s*=\s*(.*)")
_OFFSETS = ("START", "END")
_MOST_COLUMNS = 100
_TO_ESCAPE = re.compile(r"[\s%]")
_CONTINUING, _ENDING = frozenset("ILEM"), frozenset("LEUS")
_OWN_LABELS = ("Claim", "Claimant", "Cue", "Via", "Figure")


@dataclass(slots=True)
class _Tokens:
    """The lines of one document."""

    name: str | None = None
    text: str | None = None
    rows: list[tuple[int, list[str]] | None] = field(default_factory=list)  # None: an empty line


def read(reading: Reading) -> Iterator[AnnotatedDocument]:
    """The documents of each file."""
    for path in files_of(reading.place, (".conll", ".bio", ".iob", ".iob2", ".tsv", ".txt"), reading.faults):
        text = read_text(path, reading.faults)
        columns: list[str] = []
        for number, tokens in enumerate(_tokens(without_bom(text or ""), columns, reading.faults), 1):
            name = tokens.name or (path.stem if number == 1 else f"{path.stem}-{number}")
            yield _document(name, tokens, columns, reading)


def _tokens(text: str, columns: list[str], faults: Faults) -> Iterator[_Tokens]:
    tokens = _Tokens()
    for number, line in lines_of(text):
        head = _HEAD.fullmatch(line)
        starts_one = line.startswith("-DOCSTART-") or (head is not None and head[1] == "newdoc id")
        if starts_one and (any(tokens.rows) or tokens.name is not None):
            yield tokens
            tokens = _Tokens()
        if head is not None:
            _note_head(tokens, columns, head[1], head[2].strip(), number, faults)
        elif line.startswith("-DOCSTART-") or (line.startswith("# ") and not _TAG.fullmatch(line.split()[-1])):
            continue
        elif not line.strip():
            tokens.rows.append(None)
        else:
            cells = line.split("\t") if "\t" in line else line.split()
            tokens.rows.append((number, cells[:_MOST_COLUMNS]))
    if any(tokens.rows) or tokens.text is not None:
        yield tokens


def _note_head(tokens: _Tokens, columns: list[str], name: str, value: str, number: int, faults: Faults) -> None:
    if name == "columns":
        columns[:] = value.split("\t")[:_MOST_COLUMNS]
        return
    try:
        held = parsed_json(value) if name == "text as JSON" or value.startswith('"') else value
    except ValueError as error:
        faults.add("annotation-unreadable", None, f"{name}: JSON", str(error), number)
        return
    if not isinstance(held, str):
        faults.add("annotation-unreadable", None, f"{name}: a string", held, number)
    elif name == "newdoc id":
        tokens.name = held
    else:
        tokens.text = held


def _document(name: str, tokens: _Tokens, columns: Sequence[str], reading: Reading) -> AnnotatedDocument:
    rows = [row for row in tokens.rows if row is not None]
    has_offsets = tuple(columns[1:3]) == _OFFSETS
    if has_offsets and tokens.text is not None:
        text, places = tokens.text, _stated_places(name, tokens.text, rows, reading)
    else:
        text, joined = _joined(tokens)
        places = list(joined)
    first = 3 if has_offsets else 1
    # Without a header, a column that not every row has is none of tags.
    width = len(columns) if has_offsets else min((len(cells) for _, cells in rows), default=first)
    found: list[tuple[str, Span]] = []
    for column in range(first, width):
        tags = [_tag(cells, column) for _, cells in rows]
        if has_offsets or all(tag is not None for tag in tags):
            found += _chunks(tags, rows, places, column, reading.faults)
    marks = [Mark(str(n), label, (span,)) for n, (label, span) in enumerate(sorted(found, key=lambda f: f[1]), 1)]
    return AnnotatedDocument(name, text, tuple(marks))


def _stated_places(name: str, text: str, rows: Sequence[tuple[int, list[str]]], reading: Reading) -> list[Span | None]:
    stated = []
    for number, cells in rows:
        start, end = (cells[at] if at < len(cells) else None for at in (1, 2))
        stated.append(Stated(f"{name}: {cells[0]}", ((offset_of(start), offset_of(end)),), cells[0], number))
    placed = place([text], stated, (reading.unit or "code-points",), reading.faults)
    return [one[0] if one else None for one in placed.places]


def _joined(tokens: _Tokens) -> tuple[str, Iterator[Span]]:
    """A text of the tokens, a space between them and a line for each block, and where each token stands in it."""
    words: list[str] = []
    spans: list[Span] = []
    at = 0
    for row in tokens.rows:
        if row is None:
            if words and words[-1] == " ":
                words[-1] = "\n"
            continue
        word = row[1][0]
        words += [word, " "]
        spans.append(Span(at, at + len(word)))
        at += len(word) + 1
    return "".join(words[:-1]), iter(spans)


def _tag(cells: Sequence[str], column: int) -> tuple[str, str] | None:
    """Prefix and label of a tag, `O` for none; None where the cell is no tag."""
    match = _TAG.fullmatch(cells[column]) if column < len(cells) else None
    if match is None:
        return None
    return (match[1] or "O", unquote(match[2] or ""))


def _chunks(
    tags: Sequence[tuple[str, str] | None],
    rows: Sequence[tuple[int, list[str]]],
    places: Sequence[Span | None],
    column: int,
    faults: Faults,
) -> Iterator[tuple[str, Span]]:
    """Marks of one column, with their labels."""
    for (number, cells), tag in zip(rows, tags, strict=True):
        if tag is None:
            found = cells[column] if column < len(cells) else "none"
            faults.add("annotation-unreadable", cells[0], "a tag such as O, B-Claim or I-Claim", found, number)
    for label, begin, last in _ranges([tag or ("O", "") for tag in tags]):
        first, final = places[begin], places[last]
        if first is not None and final is not None and first.start <= final.end:
            yield label, Span(first.start, final.end)


def _ranges(tags: Sequence[tuple[str, str]]) -> Iterator[tuple[str, int, int]]:
    """Labels with their first and last token. A tag that continues none begins one, as in IOB1."""
    label, begin = "", -1
    for at, (prefix, name) in enumerate([*tags, ("O", "")]):
        if begin >= 0 and not (prefix in _CONTINUING and label == name):
            yield label, begin, at - 1
            begin = -1
        if prefix != "O" and begin < 0:
            label, begin = name, at
        if prefix in _ENDING and begin >= 0:
            yield label, begin, at
            begin = -1


def _escaped(name: str) -> str:
    return _TO_ESCAPE.sub(lambda match: quote(match[0], safe=""), name)


def write(documents: Iterable[AnnotatedDocument], folder: Path, losses: Losses) -> None:
    """One file, all documents one after the other."""
    with (folder / "annotations.conll").open("x", encoding="utf-8", newline="") as file:
        for document in documents:
            file.writelines(f"{line}\n" for line in _lines(document, losses))


def _lines(document: AnnotatedDocument, losses: Losses) -> Iterator[str]:
    kept = _kept(document, losses)
    labels = list(_OWN_LABELS) if set(kept) <= set(_OWN_LABELS) else list(kept)
    yield f"# newdoc id = {json.dumps(document.document_id, ensure_ascii=False)}"
    yield f"# text as JSON = {json.dumps(document.text, ensure_ascii=False)}"
    yield "# columns = " + "\t".join(["FORM", *_OFFSETS, *map(_escaped, labels)])
    spans = [kept.get(label, []) for label in labels]
    at = [0] * len(labels)
    last = 0
    for token in _cut(document.text, {edge for own in spans for span in own for edge in (span.start, span.end)}):
        if "\n" in document.text[last : token.start]:
            yield ""
        last = token.end
        tags = []
        for column, own in enumerate(spans):
            while at[column] < len(own) and own[at[column]].end <= token.start:
                at[column] += 1
            tags.append(_tag_of(token, own[at[column]] if at[column] < len(own) else None, labels[column]))
        yield "\t".join([token.of(document.text), str(token.start), str(token.end), *tags])
    yield ""


def _tag_of(token: Span, span: Span | None, label: str) -> str:
    if span is None or not token.within(span):
        return "O"
    return f"{'B' if token.start == span.start else 'I'}-{_escaped(label)}"


def _kept(document: AnnotatedDocument, losses: Losses) -> dict[str, list[Span]]:
    """For each label the spans that its column can hold, in order: without overlaps, without white space around."""
    losses.add("attributes of marks", sum(len(mark.attributes) for mark in document.marks))
    losses.add("notes of marks", sum(len(mark.notes) for mark in document.marks))
    losses.add("links", len(document.links))
    losses.add("facts about a whole document", len(document.attributes))
    losses.add("that fragments belong together", sum(len(mark.fragments) > 1 for mark in document.marks))
    found: dict[str, list[Span]] = {}
    pairs = [(mark.label, span) for mark in document.marks for span in mark.fragments]
    for label, span in sorted(pairs, key=lambda pair: (pair[1].start, -pair[1].end)):
        tokens = [Span(*match.span()) for match in _TOKEN.finditer(document.text, span.start, span.end)]
        if not tokens:
            losses.add("marks that hold no token")
            continue
        inner = Span(tokens[0].start, tokens[-1].end)
        own = found.setdefault(label, [])
        losses.add("white space at the edges of marks", inner != span)
        if own and own[-1].overlaps(inner):
            losses.add("marks that overlap one with the same label")
        else:
            own.append(inner)
    return found


def _cut(text: str, edges: set[int]) -> Iterator[Span]:
    """Tokens, cut in two where a mark begins or ends inside of one."""
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        cuts = [start, *(at for at in range(start + 1, end) if at in edges), end]
        yield from (Span(one, other) for one, other in itertools.pairwise(cuts))


FORMAT = Format(
    name="bio",
    tool="CoNLL columns with BIO tags, for training",
    offsets="code points",
    carries="marks and labels; those with different labels may overlap",
    drops="of marks that overlap with the same label, all but the first; attributes, notes, links, facts",
    read=read,
    write=write,
)
