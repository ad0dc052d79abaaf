"""Exchange with annotation tools: round trips keep every span and label, whatever stands before them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus
from corpus.interchange.faults import Losses
from corpus.interchange.files import document_id_of, file_name
from corpus.interchange.formats import names
from corpus.interchange.formats.csv import defused, restored
from corpus.interchange.offsets import UNITS, Offsets, Unit
from corpus.interchange.registry import format_named, formats
from corpus.interchange.values import SOURCE, TARGET, TRIGGER, AnnotatedDocument, Link, Mark
from corpus.text.spans import Span

WRITTEN = [one.name for one in formats() if one.write]
# Letters and what shifts offsets: beyond the BMP, combining marks, joined emoji, line ends of all kinds, and markup.
PIECES = [
    "a",
    "Rent",
    " ",
    ".",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "😀",
    "e\u0301",
    "👨\u200d👩\u200d👧",
    "\u2028",
    "=",
    '"',
    "'",
    "<&>",
]
PIECES += ["\\n", "|", "[1]", "->", "_", "-", "\u0651", "ש", "𝒳", "\ufeff", "%41"]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join)
WORDS = st.text("aé😀 =;:|[]{}\"'%<&\\", min_size=1, max_size=6).filter(lambda words: words == words.strip())
NAMES = st.sampled_from(["Claim", "Cue", "Figure", "lower", "ה", "Claim-2"])
ATTRIBUTES = st.lists(st.tuples(st.sampled_from(["voice", "topic", "begin", "Über"]), WORDS), max_size=3).map(tuple)


@st.composite
def marks_of(draw: st.DrawFn, text: str, number: int) -> Mark:
    """A mark of one or more stretches that are not empty."""
    edges = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4, unique=True).map(sorted))
    spans = tuple(Span(*edges[at : at + 2]) for at in range(0, len(edges) - 1, 2))
    return Mark(f"m{number}", draw(NAMES), spans, draw(ATTRIBUTES), draw(st.lists(WORDS, max_size=2).map(tuple)))


@st.composite
def documents(draw: st.DrawFn) -> AnnotatedDocument:
    """A document with marks that may lie in each other, and links of all forms."""
    text = draw(TEXTS)
    marks = tuple(draw(marks_of(text, n)) for n in range(draw(st.integers(0, 4)) if len(text) > 1 else 0))
    links: list[Link] = []
    for number in range(draw(st.integers(0, 2)) if marks else 0):
        ends = draw(st.lists(st.sampled_from([mark.mark_id for mark in marks]), min_size=2, max_size=2))
        roles = draw(st.sampled_from([(SOURCE, TARGET), (TRIGGER, "Theme")]))
        said = draw(ATTRIBUTES) if roles[0] == TRIGGER else ()
        links.append(Link(f"l{number}", draw(NAMES), tuple(zip(roles, ends, strict=True)), said))
    return AnnotatedDocument(draw(st.sampled_from(["a", "002-01", "../x", "ü/é 1"])), text, marks, tuple(links))


def there_and_back(form: str, given_documents: Iterable[AnnotatedDocument]) -> tuple[AnnotatedDocument, ...]:
    """What a format gives back of documents; no finding but a note may come."""
    with tempfile.TemporaryDirectory() as folder:
        write = format_named(form).write
        assert write is not None
        write(iter(given_documents), Path(folder), Losses())
        return corpus.read_annotations(folder, form)


def fragments(document: AnnotatedDocument) -> list[tuple[str, Span]]:
    """The stretches of a document with their labels."""
    return sorted(
        ((mark.label, span) for mark in document.marks for span in mark.fragments), key=lambda p: (p[1], p[0])
    )


def by_place(document: AnnotatedDocument) -> AnnotatedDocument:
    """A document whose marks are called after their place in the file, as tools that give ids of their own do."""
    known = {mark.mark_id: str(number) for number, mark in enumerate(document.marks)}
    marks = tuple(replace(mark, mark_id=known[mark.mark_id]) for mark in document.marks)
    links = [replace(link, link_id="", ends=tuple((r, known[e]) for r, e in link.ends)) for link in document.links]
    return replace(document, marks=marks, links=tuple(sorted(links, key=repr)))


@pytest.mark.parametrize("form", WRITTEN)
@given(document=documents())
@settings(max_examples=30, deadline=None)
def test_spans_and_labels_come_back(form: str, document: AnnotatedDocument) -> None:
    """Each text, span and label that the format can carry comes back, whatever stands before it."""
    (back,) = there_and_back(form, [document])

    assert back.text == document.text
    assert back.document_id == document.document_id
    if form != "bio":
        assert fragments(back) == fragments(document)


@pytest.mark.parametrize("form", ["csv", "web-annotation", "xmi", "brat"])
@given(document=documents())
@settings(max_examples=30, deadline=None)
def test_everything_comes_back(form: str, document: AnnotatedDocument) -> None:
    """Where a format says that it carries attributes, notes, fragments and links, it does."""
    (back,) = there_and_back(form, [document])

    assert by_place(back) == by_place(document)


@given(document=documents())
@settings(max_examples=30, deadline=None)
def test_regions_keep_what_is_said_of_them(document: AnnotatedDocument) -> None:
    """Label Studio carries attributes and notes, with the first fragment at least."""
    (back,) = there_and_back("label-studio", [document])
    firsts = {mark.mark_id: mark for mark in back.marks}

    for mark in document.marks:
        there = firsts[mark.mark_id]
        assert (there.label, there.attributes, there.notes) == (mark.label, mark.attributes, mark.notes)


@st.composite
def tagged(draw: st.DrawFn) -> AnnotatedDocument:
    """A document whose marks do not overlap, and begin and end with words."""
    text = draw(TEXTS)
    edges = draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True).map(sorted))
    spans = [Span(*edges[at : at + 2]) for at in range(0, len(edges) - 1, 2)]
    kept = [span for span in spans if not (span.of(text)[0] + span.of(text)[-1]).translate(BLANK).isspace()]
    kept = [
        span for span in kept if not any(c.translate(BLANK).isspace() for c in (text[span.start], span.of(text)[-1]))
    ]
    return AnnotatedDocument("a", text, tuple(Mark(str(n), draw(NAMES), (span,)) for n, span in enumerate(kept, 1)))


BLANK = {0x2028: " ", 0x1C: " "}


@given(document=tagged())
@settings(max_examples=100, deadline=None)
def test_tags_come_back(document: AnnotatedDocument) -> None:
    """In BIO, marks that do not overlap come back to the code point, also where they cut words."""
    (back,) = there_and_back("bio", [document])

    assert fragments(back) == fragments(document)


@pytest.mark.parametrize("form", WRITTEN)
def test_several_documents_are_told_apart(form: str) -> None:
    """Documents come back each with its own marks."""
    given_documents = [
        AnnotatedDocument(own, f"{own} rents rose.", (Mark("m", "Claim", (Span(5, 10),)),)) for own in ("x-01", "x-02")
    ]

    back = there_and_back(form, given_documents)

    assert [(one.document_id, one.text, fragments(one)) for one in back] == [
        (one.document_id, one.text, fragments(one)) for one in given_documents
    ]


def test_each_tool_gets_its_own_offsets(tmp_path: Path) -> None:
    """An emoji is one code point for brat, Label Studio and the W3C, and two units for doccano and UIMA."""
    document = AnnotatedDocument("a", "😀 Rents rose.", (Mark("m", "Claim", (Span(2, 12),)),))
    for form in WRITTEN:
        (tmp_path / form).mkdir()
        write = format_named(form).write
        assert write
        write([document], tmp_path / form, Losses())

    assert "T1\tClaim 2 12\tRents rose\n" in (tmp_path / "brat/a.ann").read_text("utf-8")
    (task,) = json.loads((tmp_path / "label-studio/tasks.json").read_text("utf-8"))
    value = task["annotations"][0]["result"][0]["value"]
    assert (value["start"], value["end"], value["text"]) == (2, 12, "Rents rose")
    entity = json.loads((tmp_path / "doccano/annotations.jsonl").read_text("utf-8"))["entities"][0]
    assert (entity["start_offset"], entity["end_offset"]) == (3, 13)
    assert 'begin="3" end="13"' in (tmp_path / "xmi/a.xmi").read_text("utf-8")
    (item,) = json.loads((tmp_path / "web-annotation/a.jsonld").read_text("utf-8"))["items"]
    assert item["target"]["selector"][0] == {"type": "TextPositionSelector", "start": 2, "end": 12}
    assert item["target"]["selector"][1]["exact"] == "Rents rose"
    assert "Rents\t2\t7\tB-Claim" in (tmp_path / "bio/annotations.conll").read_text("utf-8")


@given(text=TEXTS, unit=st.sampled_from(UNITS))
def test_offsets_lead_there_and_back(text: str, unit: Unit) -> None:
    """Each place between two characters has one offset, which leads back; the last one is the text's length."""
    offsets = Offsets(text, unit)
    lengths = {"code-points": len(text), "utf-16": len(text.encode("utf-16-le")) // 2, "bytes": len(text.encode())}

    places = [offsets.to_code_points(at) for at in range(offsets.from_code_points(len(text)) + 1)]

    found = [place for place in places if place is not None]
    assert found == sorted(set(found))
    assert [offsets.from_code_points(place) for place in found] == [n for n, p in enumerate(places) if p is not None]
    assert offsets.from_code_points(len(text)) == lengths.get(unit, offsets.from_code_points(len(text)))
    assert offsets.to_code_points(-1) is None
    assert offsets.to_code_points(len(places)) is None


@given(cell=st.text(st.sampled_from("=+-@\t\r\n'a ＝＋\u00a01"), max_size=5))
def test_no_cell_is_a_formula(cell: str) -> None:
    """A cell that a spreadsheet would compute is defused, and every cell comes back."""
    safe = defused(cell)

    assert restored(safe) == cell
    assert not safe.lstrip(" \u00a0").startswith(tuple("=+-@\t\r\n＝＋－＠"))


@given(name=st.text(max_size=8))
def test_file_names_stay_in_their_folder(name: str) -> None:
    """Any id has a file name of its own, which is no path."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return
    made = file_name(name)

    assert document_id_of(made) == name
    assert not set(made) & set('/\\:*?"<>|\0')
    assert not made.startswith(".")


@given(document=documents())
@settings(max_examples=25, deadline=None)
def test_uima_reads_what_is_written(document: AnnotatedDocument) -> None:
    """The library of another project reads the XMI and its types, and finds the same words."""
    cassis = pytest.importorskip("cassis")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write = format_named("xmi").write
        assert write
        write([replace(document, document_id="a")], folder, Losses())
        with (folder / "TypeSystem.xml").open("rb") as file:
            types = cassis.load_typesystem(file)
        with (folder / "a.xmi").open("rb") as file:
            cas = cassis.load_cas_from_xmi(file, types)

    found = [
        one.get_covered_text() for one in cas.select_all_annotations() if one.type.name.startswith("webanno.custom.")
    ]
    assert sorted(found) == sorted(span.of(document.text) for _, span in fragments(document))


def test_what_uima_writes_is_read(tmp_path: Path) -> None:
    """XMI that another library wrote: views, types of one's own, features, references."""
    cassis = pytest.importorskip("cassis")
    types = cassis.TypeSystem()
    rent = types.create_type("farm.Rent", "uima.tcas.Annotation")
    types.create_feature(rent, "amount", "uima.cas.String")
    types.create_feature(rent, "owner", "uima.tcas.Annotation")
    cas = cassis.Cas(types)
    cas.sofa_string = "😀 Rents & leases rose."
    owner = rent(begin=10, end=16, amount="<5>")
    cas.add(owner)
    cas.add(rent(begin=2, end=7, owner=owner))
    view = cas.create_view("second")
    view.sofa_string = "Mieten stiegen 😀."
    view.add(rent(begin=15, end=16))
    cas.to_xmi(tmp_path / "a.xmi")
    types.to_xml(tmp_path / "typesystem.xml")

    first, second = corpus.read_annotations(tmp_path, "xmi")

    assert [mark.words(first.text) for mark in first.marks] == ["leases", "Rents"] or [
        mark.words(first.text) for mark in first.marks
    ] == ["Rents", "leases"]
    assert {mark.attributes for mark in first.marks} == {(("amount", "<5>"),), ()}
    (link,) = first.links
    ends = [mark.words(first.text) for _, end in link.ends if (mark := first.mark(end))]
    assert (link.label, ends) == ("owner", ["Rents", "leases"])
    assert [mark.words(second.text) for mark in second.marks] == ["😀"]


def test_every_format_is_a_module_and_on_the_page() -> None:
    """A format is found by its module, and the page says what it carries."""
    page = (Path(__file__).parent.parent / "docs/exchange.md").read_text("utf-8")

    assert [one.name for one in formats()] == names()
    for one in formats():
        assert f"| `{one.name}` | {one.tool} | {one.offsets} | {one.carries} | {one.drops} |" in page


def test_the_page_s_snippets_run(tmp_path: Path) -> None:
    """The Python of docs/exchange.md runs and says what it says."""
    page = (Path(__file__).parent.parent / "docs/exchange.md").read_text("utf-8")
    (snippet,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)

    done = subprocess.run([sys.executable, "-c", snippet], capture_output=True, text=True, cwd=tmp_path, check=False)

    assert done.returncode == 0, done.stderr
