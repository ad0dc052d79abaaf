"""The lines of brat's `.ann` files, as brat's manual ("brat standoff format") and its server read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.interchange.faults import Faults
from corpus.interchange.files import lines_of
from corpus.interchange.placing import Stated
from corpus.interchange.values import TRIGGER, Link, Mark
from corpus.text.spans import Span

NOTE, EQUIV = "AnnotatorNotes", "Equiv"
# No two parts that take the same characters stand side by side: a line of any length takes linear time.
_SPAN = re.compile(r"(T\S*)\t(\S+) ([^\t]+)(?:\t(.*))?")
_RELATION = re.compile(r"(R\S*)\t(\S+) ([^\t]+)")
_EVENT = re.compile(r"(E\S*)\t([^\s:]+):(\S+)(?: ([^\t]*))?")
_EQUIV = re.compile(r"(\*)\t(\S+) ([^\t]+)")
_ATTRIBUTE = re.compile(r"([AM]\S*)\t(\S+) (\S+)(?: ([^\t]*))?")
_NORMALISED = re.compile(r"(N\S*)\t(\S+) (\S+) ([^\s:]+:\S+)(?:\t(.*))?")
_COMMENT = re.compile(r"(#\S*)\t(\S+) (\S+?)(?:\t(.*))?")
_PAIR = re.compile(r"(-?\w+(?:\.\w+)?) (-?\w+(?:\.\w+)?)")
_BLANKS = str.maketrans("\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " " * 11)


@dataclass(slots=True)
class StandoffLines:
    """What the lines of one file state, before it is put in its places. `said`: attributes and notes, by target."""

    stated: list[Stated] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    said: list[tuple[int, str, str, tuple[str, str]]] = field(default_factory=list)
    order: dict[str, int] = field(default_factory=dict)


def read_lines(text: str, faults: Faults) -> StandoffLines:
    """The lines of a file; one that cannot be read, or that gives an id again, is a finding."""
    found = StandoffLines()
    for number, line in lines_of(text):
        if not line.strip():
            continue
        parse = _KINDS.get(line[0])
        if parse is None or not parse(found, number, line, faults):
            faults.add("annotation-unreadable", None, "a line of brat standoff", line, number)
    return found


def _new(found: StandoffLines, record: str, number: int, faults: Faults) -> bool:
    if record in found.order:
        faults.add("annotation-unreadable", record, "each id once", f"again, after line {found.order[record]}", number)
        return False
    found.order[record] = number
    return True


def _span(found: StandoffLines, number: int, line: str, faults: Faults) -> bool:
    match = _SPAN.fullmatch(line)
    if match is None:
        return False
    record, label, where, words = match.groups()
    pairs = [_PAIR.fullmatch(piece.strip()) for piece in where.split(";")]
    if _new(found, record, number, faults):
        known = tuple((pair[1], pair[2]) for pair in pairs if pair)
        given = known if len(known) == len(pairs) else ((where, where),)
        found.stated.append(Stated(record, given, words or None, number))
        found.labels[record] = label
    return True


def _relation(found: StandoffLines, number: int, line: str, faults: Faults) -> bool:
    match = _RELATION.fullmatch(line.rstrip())
    ends = _ends(match[3]) if match else ()
    if match is None or len(ends) < 2:
        return False
    if _new(found, match[1], number, faults):
        found.links[match[1]] = Link(match[1], match[2], ends)
    return True


def _event(found: StandoffLines, number: int, line: str, faults: Faults) -> bool:
    match = _EVENT.fullmatch(line.rstrip())
    ends = _ends(match[4] or "") if match else None
    if match is None or ends is None or len(ends) != len((match[4] or "").split()):
        return False
    if _new(found, match[1], number, faults):
        found.links[match[1]] = Link(match[1], match[2], ((TRIGGER, match[3]), *ends))
    return True


def _ends(words: str) -> tuple[tuple[str, str], ...]:
    """Roles with ids, of `Role:T1 Role:T2`; empty where a word is none."""
    pairs = [word.rpartition(":") for word in words.split()]
    return tuple((role, target) for role, _, target in pairs) if all(r and t for r, _, t in pairs) else ()


def _equiv(found: StandoffLines, number: int, line: str, _: Faults) -> bool:
    match = _EQUIV.fullmatch(line.rstrip())
    if match is None:
        return False
    record = f"*{number}"
    found.order[record] = number
    found.links[record] = Link(record, match[2], tuple((EQUIV, target) for target in match[3].split()))
    return True


def _attribute(found: StandoffLines, number: int, line: str, faults: Faults) -> bool:
    match = _ATTRIBUTE.fullmatch(line.rstrip())
    if match is None:
        return False
    if _new(found, match[1], number, faults):
        found.said.append((number, match[1], match[3], (match[2], match[4] or "true")))
    return True


def _normalised(found: StandoffLines, number: int, line: str, faults: Faults) -> bool:
    match = _NORMALISED.fullmatch(line)
    if match is None:
        return False
    if _new(found, match[1], number, faults):
        value = match[4] if match[5] is None else f"{match[4]}\t{match[5]}"
        found.said.append((number, match[1], match[3], (match[2], value)))
    return True


def _comment(found: StandoffLines, number: int, line: str, _: Faults) -> bool:
    match = _COMMENT.fullmatch(line)
    if match is None:  # not a note of the tool's, but a line that a person has put out of use
        return True
    found.order.setdefault(match[1], number)
    kind = "" if match[2] == NOTE else f"{match[2]}: "
    found.said.append((number, match[1], match[3], ("", kind + (match[4] or ""))))
    return True


_KINDS: Mapping[str, Callable[[StandoffLines, int, str, Faults], bool]] = {
    "T": _span,
    "R": _relation,
    "E": _event,
    "*": _equiv,
    "A": _attribute,
    "M": _attribute,
    "N": _normalised,
    "#": _comment,
}


def fits(words: str, slices: Sequence[str]) -> bool:
    """Whether a line's words are those of the slices, as the tools that write the format put them on one line.

    Line breaks and tabs are spaces there, or escapes in some; versions before 1.3 put nothing between fragments;
    what comes after one more tab is no part of them.
    """
    wanted = {joint.join(slices).translate(_BLANKS) for joint in (" ", "")}
    escaped = " ".join(slices).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    given = words.translate(_BLANKS)
    plain = words.partition("\t")[0]
    return given in wanted or plain in wanted or plain == escaped or plain == escaped.replace("\\\\", "\\")


def assembled(
    found: StandoffLines, places: Mapping[str, tuple[Span, ...]], faults: Faults
) -> tuple[tuple[Mark, ...], tuple[Link, ...]]:
    """Marks and links with what is said of them. What refers to nothing is a finding."""
    marks = {record: Mark(record, found.labels[record], fragments) for record, fragments in places.items()}
    known = found.labels.keys() | found.links.keys()
    links = dict(found.links)
    for record, link in found.links.items():
        if missing := [target for _, target in link.ends if target not in known]:
            del links[record]
            faults.add("annotation-reference-broken", record, "ids of the file", missing[0], found.order[record])
    owners: dict[str, str] = {}
    for number, record, target, (name, value) in found.said:
        owner = owners.get(target, target)
        owners[record] = owner
        if owner in marks:
            marks[owner] = _with(marks[owner], name, value)
        elif owner in links:
            links[owner] = _with_link(links[owner], name, value)
        elif owner not in known:
            faults.add("annotation-reference-broken", record, "ids of the file", target, number)
    return tuple(marks.values()), tuple(links.values())


def _with(mark: Mark, name: str, value: str) -> Mark:
    if name:
        return replace(mark, attributes=(*mark.attributes, (name, value)))
    return replace(mark, notes=(*mark.notes, value))


def _with_link(link: Link, name: str, value: str) -> Link:
    if name:
        return replace(link, attributes=(*link.attributes, (name, value)))
    return replace(link, notes=(*link.notes, value))
