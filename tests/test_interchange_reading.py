"""Files as annotation tools write them: every kind of line and form, read into the same values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import corpus
from corpus.findings import Finding
from corpus.interchange.offsets import Unit
from corpus.interchange.values import AnnotatedDocument

TEXT = "😀 Rents rose, the tenants said. Bread is dear."


def words(document: AnnotatedDocument) -> list[tuple[str, str]]:
    """The marks of a document: labels with the words that they cover."""
    return [(mark.label, mark.words(document.text)) for mark in document.marks]


def arrows(document: AnnotatedDocument) -> list[tuple[str, list[str]]]:
    """The links of a document: labels with the words that they lead from and to."""
    marks = {mark.mark_id: mark.words(document.text) for mark in document.marks}
    return [(link.label, [marks.get(end, end) for _, end in link.ends]) for link in document.links]


def put(folder: Path, **files: str) -> Path:
    """Files with these contents, bytes as given; `__` stands for a dot in a name."""
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content.encode())
    return folder


BRAT = """T1\tClaim 2 12\tRents rose
T2\tClaimant 14 25\tthe tenants
T3\tCue 26 30\tsaid
T4\tClaim 2 7;41 45\tRents dear
R1\tclaimant Arg1:T1 Arg2:T2\t
E1\tSaying:T3 Who:T2 What:T1
E2\tReporting:T3 What:E1
A1\tvoice T1 reported
A2\tNegated E1
M1\tSure T4
N1\tReference T2 Register:17\tthe tenants
#1\tAnnotatorNotes T1\tsee line 2
#2\tAnnotatorNotes E1\ttwo speakers
#3\tAnnotatorNotes A1\tor author?
# a line out of use
*\tEquiv T1 T4
"""


def test_brat_lines(tmp_path: Path) -> None:
    """Marks of several stretches, relations, events on events, attributes, references, notes, equivalences."""
    (document,) = corpus.read_annotations(put(tmp_path, a__txt=TEXT, a__ann=BRAT), "brat")

    claims = [("Claim", "Rents rose"), ("Claimant", "the tenants"), ("Cue", "said"), ("Claim", "Rents dear")]
    assert words(document) == claims
    first, second, _, fourth = document.marks
    assert first.attributes == (("voice", "reported"),)
    assert first.notes == ("see line 2", "or author?")
    assert second.attributes == (("Reference", "Register:17\tthe tenants"),)
    assert (len(fourth.fragments), fourth.attributes) == (2, (("Sure", "true"),))
    assert arrows(document) == [
        ("claimant", ["Rents rose", "the tenants"]),
        ("Saying", ["said", "the tenants", "Rents rose"]),
        ("Reporting", ["said", "E1"]),
        ("Equiv", ["Rents rose", "Rents dear"]),
    ]
    assert document.links[1].attributes == (("Negated", "true"),)
    assert document.links[1].notes == ("two speakers",)


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("One.\r\nRents rose.\r\n", "Claim 6 16\tRents rose", "Rents rose"),  # a CRLF is two, as for brat
        ("One.\r\nRents rose.\r\n", "Claim 5 15\tRents rose", "Rents rose"),  # or one, where line ends were folded
        ("\ufeffRents rose.", "Claim 1 11\tRents rose", "Rents rose"),
        ("\ufeffRents rose.", "Claim 0 10\tRents rose", "Rents rose"),  # the mark taken off
        ("😀 Rents rose.", "Claim 3 13\tRents rose", "Rents rose"),  # Java's units
        ("😀 Rents rose.", "Claim 5 15\tRents rose", "Rents rose"),  # bytes
        ("Rents\nrose.", "Claim 0 10\tRents rose", "Rents\nrose"),  # a line break is a space
        ("Rents\nrose.", "Claim 0 10\tRents\\nrose", "Rents\nrose"),  # or an escape
        ("Rents rose.", "Claim 0 5;6 10\tRentsrose", "Rents rose"),  # before version 1.3
        ("Rents rose.", "Claim 0 5\tRents\tmore", "Rents"),
        ("Rents rose.", "Claim 0 5", "Rents"),
    ],
)
def test_brat_places(tmp_path: Path, text: str, line: str, found: str) -> None:
    """Line ends, byte-order marks and units as the tools have them: the words of the line decide."""
    (document,) = corpus.read_annotations(put(tmp_path, a__txt=text, a__ann=f"T1\t{line}\r\n"), "brat")

    assert words(document) == [("Claim", found)]


def test_brat_folders(tmp_path: Path) -> None:
    """A folder is read with those below it; one file alone, too."""
    (tmp_path / "b").mkdir()
    put(tmp_path / "b", a__txt=TEXT, a__ann=BRAT)

    (document,) = corpus.read_annotations(tmp_path, "brat")
    (alone,) = corpus.read_annotations(tmp_path / "b/a.ann", "brat")

    assert (document.document_id, alone.document_id) == ("b/a", "a")
    assert document.marks == alone.marks


def region(start: Any, end: Any, kind: str = "labels", **value: Any) -> dict[str, Any]:
    """A result of Label Studio."""
    whole = {"start": start, "end": end, **value}
    return {"id": f"{start}", "from_name": "label", "to_name": "text", "type": kind, "value": whole}


def task(*results: dict[str, Any], key: str = "annotations", **data: str) -> str:
    """A file with one task."""
    return json.dumps([{"id": 7, "data": data or {"text": TEXT}, key: [{"result": list(results)}]}])


ROSE = region(2, 12, text="Rents rose", labels=["Claim"])


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (task(ROSE), ["Claim"]),
        (task(ROSE, key="completions"), ["Claim"]),
        (task(ROSE, key="predictions"), ["Claim"]),
        (task(region(3, 13, text="Rents rose", labels=["Claim"])), ["Claim"]),  # older versions: UTF-16
        (task(region(2, 12, text="Rents rose", labels=["Claim", "Fact"])), ["Claim", "Fact"]),
        (task(ROSE, article="x", text=TEXT), ["Claim"]),
        (task(ROSE, article=TEXT, other="x"), ["Claim"]),
        (json.dumps([{"text": TEXT, "id": 7, "label": [ROSE["value"]]}]), ["Claim"]),  # the short form
        (json.dumps(json.loads(task(ROSE))[0]), ["Claim"]),
    ],
)
def test_label_studio_forms(tmp_path: Path, content: str, found: list[str]) -> None:
    """Exports of several versions and kinds."""
    (document,) = corpus.read_annotations(put(tmp_path, a__json=content) / "a.json", "label-studio")

    assert words(document) == [(label, "Rents rose") for label in found]


def test_label_studio_says_more(tmp_path: Path) -> None:
    """Answers of a region are attributes, of the whole text facts; relations and notes are kept; pictures are not."""
    choice = {**ROSE, "from_name": "voice", "type": "choices", "value": {**ROSE["value"], "choices": ["reported"]}}
    del choice["value"]["labels"]
    noted = {**region(14, 25, text="the tenants", labels=["Claimant"]), "meta": {"text": ["who?"]}}
    whole = {"id": "w", "from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["calm"]}}
    arrow = {"type": "relation", "from_id": "14", "to_id": "2", "direction": "left", "labels": ["by"]}
    box = {"id": "b", "type": "rectanglelabels", "to_name": "img", "value": {"x": 1, "rectanglelabels": ["Car"]}}
    findings: list[Finding] = []

    (document,) = corpus.read_annotations(
        put(tmp_path, a__json=task(ROSE, choice, noted, whole, arrow, box)), "label-studio", findings=findings
    )

    assert document.marks[0].attributes == (("voice", "reported"),)
    assert document.marks[1].notes == ("who?",)
    assert document.attributes == (("mood", "calm"),)
    assert arrows(document) == [("by", ["Rents rose", "the tenants"])]
    assert [(finding.code, finding.level) for finding in findings] == [("annotation-not-kept", "note")]


def test_label_studio_pages_without_markup(tmp_path: Path) -> None:
    """A path into plain text leads to its one piece."""
    value = {"start": "/text()[1]", "startOffset": 2, "end": "/text()[1]", "endOffset": 12, "text": "Rents rose"}
    result = {"id": "a", "to_name": "text", "type": "hypertextlabels", "value": {**value, "hypertextlabels": ["Claim"]}}

    (document,) = corpus.read_annotations(put(tmp_path, a__json=task(result)), "label-studio")

    assert words(document) == [("Claim", "Rents rose")]


@pytest.mark.parametrize(
    "place",
    [
        {"start": "/p[1]/text()[1]", "end": "/p[1]/b[1]/text()[1]", "startOffset": 4, "endOffset": 4},
        {"start": "/p[1]", "end": "/p[1]", "globalOffsets": {"start": 4, "end": 14}},
    ],
)
def test_label_studio_pages(tmp_path: Path, place: dict[str, Any]) -> None:
    """Regions of a page are paths with offsets, or offsets into all that is visible of it."""
    value = {**place, "text": "Rents rose", "hypertextlabels": ["Claim"]}
    result = {"id": "a", "from_name": "label", "to_name": "html", "type": "hypertextlabels", "value": value}
    content = task(result, html="<p>So: Rents <b>rose</b> again</p>")
    if "startOffset" in place:
        value["startOffset"] = 4

    (document,) = corpus.read_annotations(put(tmp_path, a__json=content), "label-studio")

    assert words(document) == [("Claim", "Rents rose")]


@pytest.mark.parametrize(
    "line",
    [
        {"text": TEXT, "label": [[3, 13, "Claim"]]},
        {"data": TEXT, "labels": [[3, 13, "Claim"]]},
        {"text": TEXT, "entities": [{"id": 5, "start_offset": 3, "end_offset": 13, "label": "Claim"}], "relations": []},
        {"text": TEXT, "label": [{"start": 3, "end": 13, "label": "Claim"}]},
        {"text": TEXT, "label": [[2, 12, "Claim"]]},  # code points, as programs write it
    ],
)
def test_doccano_forms(tmp_path: Path, line: dict[str, Any]) -> None:
    """Lines of several versions; what the offsets count is told by where they would cut."""
    findings: list[Finding] = []

    (document,) = corpus.read_annotations(put(tmp_path, a__jsonl=json.dumps(line)), "doccano", findings=findings)

    assert words(document) == [("Claim", "Rents rose")]
    assert [finding.code for finding in findings] == ["annotation-offsets-unsure"]


@pytest.mark.parametrize(("unit", "start"), [("utf-16", 9), ("code-points", 6), ("graphemes", 2), ("bytes", 19)])
def test_doccano_units_by_name(tmp_path: Path, unit: Unit, start: int) -> None:
    """A unit that is named is the one that counts."""
    line = {"text": "👨\u200d👩\u200d👧 Rents", "label": [[start, start + 5, "Claim"]]}

    (document,) = corpus.read_annotations(put(tmp_path, a__jsonl=json.dumps(line)), "doccano", offsets=unit)

    assert words(document) == [("Claim", "Rents")]


def test_doccano_says_more(tmp_path: Path) -> None:
    """Relations, labels of the whole document, comments and other columns are kept; plain text needs no unit."""
    entities = [{"id": 4, "start_offset": 0, "end_offset": 5, "label": "A"}]
    entities.append({"id": 9, "start_offset": 6, "end_offset": 10, "label": "B"})
    relations = [{"id": 1, "from_id": 9, "to_id": 4, "type": "of"}]
    rest = {"label": ["calm"], "Comments": ["check"], "page": 3}
    line = {"id": 17, "text": "Rents rose.", "entities": entities, "relations": relations, **rest}
    findings: list[Finding] = []

    path = put(tmp_path, a__json=json.dumps([line])) / "a.json"
    (document,) = corpus.read_annotations(path, "doccano", findings=findings)

    assert (document.document_id, words(document)) == ("17", [("A", "Rents"), ("B", "rose")])
    assert arrows(document) == [("of", ["rose", "Rents"])]
    assert document.attributes == (("label", "calm"), ("comment", "check"), ("page", "3"))
    assert findings == []


POSITION = {"type": "TextPositionSelector", "start": 2, "end": 12}
QUOTE = {"type": "TextQuoteSelector", "exact": "Rents rose", "prefix": "😀 ", "suffix": ","}
SOURCE = "https://example.org/letters/a.txt"


@pytest.mark.parametrize(
    "selector",
    [
        POSITION,
        QUOTE,
        [POSITION, QUOTE],
        [{**POSITION, "start": 3, "end": 13}, QUOTE],  # the browser's units
        {"type": "FragmentSelector", "value": "x", "refinedBy": QUOTE},
        {"type": "Choice", "items": [QUOTE]},
        {"type": "FragmentSelector", "value": "char=2,12"},
        {"type": "TextQuoteSelector", "exact": "Rents rose"},
    ],
)
@pytest.mark.parametrize("wrap", ["alone", "page", "array", "collection", "lines"])
def test_web_annotation_forms(tmp_path: Path, selector: Any, wrap: str) -> None:
    """Selectors by position and by quotation, alternatives and refinements; annotations alone and in pages."""
    target = {"source": SOURCE, "selector": selector}
    one = {"id": "x", "type": "Annotation", "body": {"value": "Claim", "purpose": "tagging"}, "target": target}
    page = {"type": "AnnotationPage", "items": [one]}
    wrapped = {"alone": one, "page": page, "array": [one], "collection": {"first": page}, "lines": one}[wrap]
    content = json.dumps(wrapped) + ("\n" + json.dumps({**one, "id": "y"}) if wrap == "lines" else "")

    (document,) = corpus.read_annotations(put(tmp_path, n__json=content, a__txt=TEXT), "web-annotation")

    assert document.document_id == "a"
    assert set(words(document)) == {("Claim", "Rents rose")}


def test_web_annotation_texts_may_be_given(tmp_path: Path) -> None:
    """A text that stands nowhere beside is taken from the caller."""
    one = {"body": "x", "motivation": "highlighting", "target": {"source": SOURCE, "selector": QUOTE}}

    path = put(tmp_path, n__jsonld=json.dumps(one))
    (document,) = corpus.read_annotations(path, "web-annotation", texts={"a": TEXT})

    assert words(document) == [("highlighting", "Rents rose")]
    assert document.marks[0].notes == ("x",)


def test_web_annotations_of_other_things(tmp_path: Path) -> None:
    """What is said of a whole text is a fact about it; of pictures and pages elsewhere, a note says that it is left."""
    picture = {"id": "p", "target": {"source": "b.jpg", "selector": {"type": "SvgSelector"}}}
    page = {"id": "w", "target": "https://example.org/b", "bodyValue": "dear"}
    whole = {"id": "a", "target": SOURCE, "body": {"purpose": "describing", "value": "mood=calm"}}
    findings: list[Finding] = []

    path = put(tmp_path, n__json=json.dumps([picture, page, whole]), a__txt=TEXT)
    (document,) = corpus.read_annotations(path, "web-annotation", findings=findings)

    assert (document.attributes, document.marks) == ((("mood", "calm"),), ())
    found = [(finding.code, finding.level, finding.record) for finding in findings]
    assert found == [("annotation-not-kept", "note", "p"), ("annotation-not-kept", "note", "w")]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("Rents B-Claim\nrose I-Claim\n. O\n\nBread B-Claim\n", ["Rents rose", "Bread"]),
        ("Rents\tNN\tI-Claim\nrose\tVB\tI-Claim\n", ["Rents rose"]),  # IOB1
        ("Rents B-Claim\nrose E-Claim\nBread S-Claim\n", ["Rents rose", "Bread"]),
        ("Rents B-Claim\nrose L-Claim\nBread U-Claim\n", ["Rents rose", "Bread"]),
        ("Rents B-Claim\nrose B-Claim\n", ["Rents", "rose"]),
        ("# O\nRents B-Claim\n", ["Rents"]),
    ],
)
def test_bio_forms(tmp_path: Path, content: str, found: list[str]) -> None:
    """Tags of several schemes, with and without other columns."""
    (document,) = corpus.read_annotations(put(tmp_path, a__conll=content) / "a.conll", "bio")

    assert words(document) == [("Claim", one) for one in found]


def test_bio_documents(tmp_path: Path) -> None:
    """`-DOCSTART-` begins a document; blocks are lines of the text."""
    content = "-DOCSTART- O\n\nRents B-Claim\n\nBread O\n\n-DOCSTART- O\n\nrose B-Claim\n"

    first, second = corpus.read_annotations(put(tmp_path, a__conll=content) / "a.conll", "bio")

    assert (first.text, words(second)) == ("Rents\nBread", [("Claim", "rose")])


TSV = """#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Claim|voice|ROLE_webanno.custom.Claim:parts_webanno.custom.ClaimPartsLink|uima.tcas.Annotation
#T_SP=webanno.custom.Mood|
#T_CH=webanno.custom.SameLink|referenceType|referenceRelation
#T_RL=webanno.custom.Says|kind|BT_webanno.custom.Claim


#Sentence.id=s1
#Text=😀 Rents\\\\rose , they said .
1-1\t0-2\t😀\t_\t_\t_\t_\t_\t_\t_\t_\t
1-2\t3-13\tRents\\\\rose\treported[1]|author[2]\twho;*\t1-4[3];1-3\t*\t_\t_\tdirect\t2-1[4_1]\t
1-2.1\t3-8\tRents\t_\t_\t_\t*\t_\t_\t_\t_\t
1-3\t14-15\t,\treported[1]\t_\t_\t*\t_\t_\t_\t_\t
1-4\t16-20\tthey\ta\\_b[3]\t_\t_\t_\tsame[1]\tlike->1-1\t_\t_\t
1-5\t21-25\tsaid\t_\t_\t_\t_\t_\t_\t_\t_\t
1-6\t26-27\t.\t_\t_\t_\t_\t_\t_\t_\t_\t

#Text=Bread is
#Text=dear
2-1\t28-33\tBread\t*[4]|*[5]\t_\t_\t_\tother[1]\t*->1-2\t_\t_\t
2-2\t34-36\tis\t_\t_\t_\t_\t_\t_\t_\t_\t
2-3\t37-41\tdear\t_\t_\t_\t_\t_\t_\t_\t_\t
"""


def test_webanno_rows(tmp_path: Path) -> None:
    """Stacked marks, marks over several rows, parts of tokens, slots, chains, relations, escapes, line breaks."""
    (document,) = corpus.read_annotations(put(tmp_path, a__tsv=TSV), "webanno-tsv")

    assert document.text == "😀 Rents\\rose , they said .\nBread is\ndear"
    said = [(*pair, dict(mark.attributes)) for pair, mark in zip(words(document), document.marks, strict=True)]
    assert ("Claim", "Rents\\rose ,", {"voice": "reported"}) in said
    assert ("Claim", "Rents\\rose", {"voice": "author"}) in said
    assert ("Claim", "they", {"voice": "a_b"}) in said
    assert ("Mood", "Rents", {}) in said
    assert ("SameLink", "they", {"referenceType": "same", "referenceRelation": "like"}) in said
    assert [pair for pair in words(document) if pair[1] == "Bread"] == [
        ("Claim", "Bread"),
        ("Claim", "Bread"),
        ("SameLink", "Bread"),
    ]
    assert arrows(document) == [
        ("who", ["Rents\\rose ,", "they"]),
        ("parts", ["Rents\\rose ,", "Rents\\rose ,"]),
        ("Says", ["Bread", "Rents\\rose ,"]),
        ("like", ["they", "Bread"]),
    ]
    assert document.links[2].attributes == (("kind", "direct"),)


def test_webanno_old_escapes(tmp_path: Path) -> None:
    """Before version 3.2, texts have Java's escapes, also of what is beyond the BMP."""
    content = (
        "#FORMAT=WebAnno TSV 3.1\n#T_SP=a.Claim|\n\n\n#Text=\\ud83d\\ude00 \\u00e9\n1-1\t0-2\t😀\t_\n1-2\t3-4\té\t*\n"
    )

    (document,) = corpus.read_annotations(put(tmp_path, a__tsv=content), "webanno-tsv")

    assert (document.text, words(document)) == ("😀 é", [("Claim", "é")])


XMI = """<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:t="http:///my/own.ecore"
  xmi:version="2.0"><cas:NULL xmi:id="0"/>
<t:Claim xmi:id="2" sofa="1" begin="3" end="13" voice="&amp;" parts="7"><tag>x</tag><tag>y</tag></t:Claim>
<t:Who xmi:id="3" sofa="1" begin="15" end="26" next="2"/>
<t:Says xmi:id="4" sofa="1" begin="3" end="26" Governor="3" Dependent="2" kind="d"/>
<t:PartsLink xmi:id="7" role="who" target="3"/>
<t:Claim xmi:id="8" sofa="6" begin="0" end="3"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="😀 Rents rose, the tenants said."/>
<cas:Sofa xmi:id="6" sofaNum="2" sofaID="old" sofaString="Old."/>
<cas:View sofa="1" members="2 3 4 7"/></xmi:XMI>
"""


def test_xmi_without_types(tmp_path: Path) -> None:
    """XMI is read without its type system: views, list features, relations, slots, references."""
    first, second = corpus.read_annotations(put(tmp_path, a__xmi=XMI), "xmi")

    assert words(first) == [("Claim", "Rents rose"), ("Who", "the tenants")]
    assert first.marks[0].attributes == (("voice", "&"), ("tag", "x"), ("tag", "y"))
    assert sorted(arrows(first)) == [
        ("Says", ["the tenants", "Rents rose"]),
        ("next", ["the tenants", "Rents rose"]),
        ("who", ["Rents rose", "the tenants"]),
    ]
    assert (second.document_id, words(second)) == ("a/old", [("Claim", "Old")])


def test_csv_by_hand(tmp_path: Path) -> None:
    """A table that a person made, without ids, words and links."""
    content = "document_id,mark_id,label,start,end\r\na,,Claim,2,12\r\n"

    (document,) = corpus.read_annotations(put(tmp_path, marks__csv=content, a__txt=TEXT), "csv")

    assert words(document) == [("Claim", "Rents rose")]
