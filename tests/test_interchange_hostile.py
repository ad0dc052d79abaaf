"""Files that do not fit, or are made to do harm: each record is named, nothing is imported, nothing raises."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus
from corpus.annotations import export_annotations, import_annotations
from corpus.errors import MissingDatasetError, PlaceTakenError, UnfitAnnotationsError, UnknownFormatError
from corpus.findings import Finding
from corpus.interchange.faults import Losses
from corpus.interchange.formats import names
from corpus.interchange.registry import format_named
from corpus.interchange.values import SOURCE, TARGET, AnnotatedDocument, Link, Mark
from corpus.rules.annotations import ANNOTATION_RULES
from corpus.text.spans import Span

Run = Callable[..., subprocess.CompletedProcess[str]]
TEXT = "😀 Rents rose."
XMI_HEAD = '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:t="http:///t.ecore">'
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
BOMB += f'<!ENTITY f SYSTEM "file:///etc/hostname">]>{XMI_HEAD}<cas:Sofa xmi:id="1" sofaString="&b;"/></xmi:XMI>'
TSV = "#FORMAT=WebAnno TSV 3.3\n#T_SP=a.Claim|\n\n\n#Text=Rents rose\n1-1\t0-5\tRents\t*\n"


RELATED = TSV.replace("a.Claim|", "a.Claim|\n#T_RL=a.R|BT_a.Claim").replace("*", "*\t9-9")
MARKS, BROKEN = "document_id,mark_id,label,start,end", 'document_id,link_id,label,ends\na,l,x,"[[1]"\n'
TAGS = '# text as JSON = "Rents"\n# columns = FORM\tSTART\tEND\tA'
LINKING = json.dumps({"id": "x", "motivation": "linking", "target": ["#1", "#2"]})
SAYS = '<t:Link xmi:id="3"/><t:Says xmi:id="2" sofa="1" begin="0" end="1" Governor="3" Dependent="3"/>'


def claim(begin: object, end: object) -> str:
    """An annotation in XMI."""
    return f'<t:Claim xmi:id="2" sofa="1" begin="{begin}" end="{end}"/>'


def quoted(exact: str) -> str:
    """A Web Annotation with a quotation."""
    return noted(type="TextQuoteSelector", exact=exact)


def lines(*rows: object) -> str:
    """JSON Lines."""
    return "".join(json.dumps(row) + "\n" for row in rows)


def doccano(*marks: object, **more: object) -> str:
    """A line of doccano."""
    return lines({"id": "a", "text": TEXT, "label": list(marks), "offset_unit": "utf-16", **more})


def studio(*results: object) -> str:
    """A task of Label Studio."""
    return json.dumps([{"id": 1, "data": {"text": TEXT}, "annotations": [{"result": list(results)}]}])


def region(start: object, end: object, text: str | None = None) -> dict[str, object]:
    """A region of Label Studio."""
    value = {"start": start, "end": end, "labels": ["Claim"]} | ({"text": text} if text is not None else {})
    return {"id": "r", "type": "labels", "to_name": "text", "from_name": "label", "value": value}


def noted(**selector: object) -> str:
    """A Web Annotation."""
    return json.dumps({"id": "x", "target": {"source": "a.txt", "selector": selector}, "body": "note"})


def position(start: object, end: object) -> str:
    """A Web Annotation with a position."""
    return noted(type="TextPositionSelector", start=start, end=end)


def view(*elements: str) -> str:
    """A file of XMI with one view."""
    sofa = '<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="Rents rose."/>'
    return f"{XMI_HEAD}{''.join(elements)}{sofa}</xmi:XMI>"


# The code that must come, the format, the files, and what the record or line is.
CASES: list[tuple[str, str, dict[str, str], str | int | None]] = [
    ("annotation-outside", "brat", {"a.ann": "T1\tClaim 2 99\tRents", "a.txt": TEXT}, "T1"),
    ("annotation-outside", "brat", {"a.ann": "T1\tClaim -2 5\tRents", "a.txt": TEXT}, "T1"),
    ("annotation-outside", "brat", {"a.ann": "T1\tClaim 5 2\tRents", "a.txt": TEXT}, "T1"),
    ("annotation-outside", "brat", {"a.ann": "T1\tClaim NaN 2\tRents", "a.txt": TEXT}, "T1"),
    ("annotation-outside", "brat", {"a.ann": f"T1\tClaim 0 {'9' * 5000}\tRents", "a.txt": TEXT}, "T1"),
    ("annotation-outside", "brat", {"a.ann": "T1\tClaim 2 7,9 11\tRents", "a.txt": TEXT}, "T1"),
    ("annotation-text-differs", "brat", {"a.ann": "\nT1\tClaim 2 7\tBread", "a.txt": TEXT}, 2),
    ("annotation-text-differs", "brat", {"a.ann": "T1\tClaim 2 7\tRents rose", "a.txt": TEXT}, "T1"),
    ("annotation-text-missing", "brat", {"a.ann": "T1\tClaim 2 7\tRents"}, "a"),
    ("annotation-unreadable", "brat", {"a.ann": "Claim 2 7 Rents", "a.txt": TEXT}, 1),
    ("annotation-unreadable", "brat", {"a.ann": "T1\tA 2 7\tRents\nT1\tA 2 7\tRents", "a.txt": TEXT}, "T1"),
    ("annotation-unreadable", "brat", {"b.txt": TEXT}, None),
    ("annotation-reference-broken", "brat", {"a.ann": "R1\tby Arg1:T1 Arg2:T2", "a.txt": TEXT}, "R1"),
    ("annotation-reference-broken", "brat", {"a.ann": "A1\tSure T9", "a.txt": TEXT}, "A1"),
    ("annotation-outside", "doccano", {"a.jsonl": doccano([3, 99, "A"])}, "0"),
    ("annotation-outside", "doccano", {"a.jsonl": doccano([1, 8, "A"])}, "0"),  # half of an emoji
    ("annotation-outside", "doccano", {"a.jsonl": doccano([3.5, 8, "A"])}, "0"),
    ("annotation-outside", "doccano", {"a.jsonl": doccano([True, 8, "A"])}, "0"),
    ("annotation-unreadable", "doccano", {"a.jsonl": doccano().replace('"a"', "NaN")}, 1),
    ("annotation-unreadable", "doccano", {"a.jsonl": doccano([3, 8])}, 1),
    ("annotation-unreadable", "doccano", {"a.jsonl": "[" * 200_000}, 1),
    ("annotation-unreadable", "doccano", {"a.jsonl": '{"text": "\\ud83d"}'}, 1),
    ("annotation-unreadable", "doccano", {"a.jsonl": doccano(more=[]).replace("[]}", f"{'[' * 500}{']' * 500}}}")}, 1),
    ("annotation-unreadable", "doccano", {"a.jsonl": "1\n"}, 1),
    ("annotation-text-missing", "doccano", {"a.jsonl": lines({"label": [[0, 1, "A"]]})}, 1),
    ("annotation-reference-broken", "doccano", {"a.jsonl": doccano(relations=[{"from_id": 1, "to_id": 2}])}, 1),
    ("annotation-outside", "label-studio", {"a.json": studio(region(2, 99))}, "1/r"),
    ("annotation-outside", "label-studio", {"a.json": studio(region("/p[1]", "/p[1]"))}, "1/r"),
    ("annotation-text-differs", "label-studio", {"a.json": studio(region(2, 7, "Bread"))}, "1/r"),
    ("annotation-unreadable", "label-studio", {"a.json": "[1]"}, "1"),
    ("annotation-unreadable", "label-studio", {"a.json": studio(7)}, "result 1"),
    ("annotation-unreadable", "label-studio", {"a.json": '{"a":' * 100_000}, None),
    ("annotation-text-missing", "label-studio", {"a.json": '[{"id": 1, "data": {}}]'}, "1"),
    ("annotation-reference-broken", "label-studio", {"a.json": studio({"type": "relation", "from_id": "x"})}, None),
    ("annotation-outside", "web-annotation", {"n.json": position(-1, 5), "a.txt": TEXT}, "x"),
    ("annotation-outside", "web-annotation", {"n.json": position(0, 1e300), "a.txt": TEXT}, "x"),
    ("annotation-outside", "web-annotation", {"n.json": position(None, 5), "a.txt": TEXT}, "x"),
    ("annotation-text-differs", "web-annotation", {"n.json": quoted("Bread"), "a.txt": TEXT}, "x"),
    ("annotation-text-differs", "web-annotation", {"n.json": quoted("s"), "a.txt": TEXT}, "x"),
    ("annotation-text-missing", "web-annotation", {"n.json": position(0, 5)}, "x"),
    ("annotation-text-missing", "web-annotation", {"n.json": position(0, 5).replace("a.txt", "../secret")}, "x"),
    ("annotation-unreadable", "web-annotation", {"n.json": "{"}, None),
    ("annotation-unreadable", "web-annotation", {"n.json": "[1]"}, None),
    ("annotation-reference-broken", "web-annotation", {"n.json": LINKING}, "x"),
    ("annotation-unreadable", "xmi", {"a.xmi": BOMB}, None),
    ("annotation-unreadable", "xmi", {"a.xmi": "<html/>"}, None),
    ("annotation-unreadable", "xmi", {"a.xmi": "<"}, None),
    ("annotation-outside", "xmi", {"a.xmi": view(claim(0, 99))}, "a: Claim 2"),
    ("annotation-outside", "xmi", {"a.xmi": view(claim("NaN", 9))}, "a: Claim 2"),
    ("annotation-reference-broken", "xmi", {"a.xmi": view(SAYS)}, "2"),
    ("annotation-outside", "webanno-tsv", {"a.tsv": TSV.replace("0-5", "0-99")}, "1-1"),
    ("annotation-outside", "webanno-tsv", {"a.tsv": TSV.replace("0-5", "9999999999-99999999999")}, "1-1"),
    ("annotation-text-differs", "webanno-tsv", {"a.tsv": TSV.replace("\tRents", "\tBread")}, "1-1"),
    ("annotation-unreadable", "webanno-tsv", {"a.tsv": "#FORMAT=WebAnno TSV 2"}, 1),
    ("annotation-unreadable", "webanno-tsv", {"a.tsv": TSV + "what?\n"}, 7),
    ("annotation-unreadable", "webanno-tsv", {"a.tsv": TSV.replace("a.Claim|", "a.Claim|x|y")}, "1-1"),
    ("annotation-reference-broken", "webanno-tsv", {"a.tsv": RELATED}, "1-1"),
    ("annotation-outside", "csv", {"marks.csv": f"{MARKS}\na,1,A,0,99\n", "a.txt": TEXT}, "1"),
    ("annotation-text-differs", "csv", {"marks.csv": f"{MARKS},text\na,1,A,2,7,Bread\n", "a.txt": TEXT}, 2),
    ("annotation-text-missing", "csv", {"marks.csv": f"{MARKS}\n../a,1,A,0,9\n"}, "../a"),
    ("annotation-unreadable", "csv", {"marks.csv": "a,b\n1,2\n"}, 1),
    ("annotation-unreadable", "csv", {"marks.csv": f'{MARKS}\n"a\n'}, None),
    ("annotation-reference-broken", "csv", {"marks.csv": f"{MARKS}\n", "links.csv": BROKEN, "a.txt": TEXT}, "l"),
    ("annotation-outside", "bio", {"a.conll": f'{TAGS}\nRents\t0\t9\tB-A\n'}, 3),
    ("annotation-text-differs", "bio", {"a.conll": f'{TAGS}\nBread\t0\t5\tB-A\n'}, 3),
    ("annotation-unreadable", "bio", {"a.conll": f'{TAGS}\nRents\t0\t5\twhat\n'}, 3),
]  # fmt: skip
FILES = "annotation-unsafe", "annotation-too-large", "annotation-not-kept", "annotation-offsets-unsure"
IMPORTED = "annotation-document-unknown", "annotation-not-in-article", "annotation-no-claim"


@pytest.mark.parametrize(("code", "form", "files", "record"), CASES)
def test_what_does_not_fit_is_named(
    code: str, form: str, files: dict[str, str], record: str | int | None, tmp_path: Path
) -> None:
    """A finding says which file, record or line does not fit; reading without a list of findings raises."""
    for name, content in files.items():
        (tmp_path / name).write_bytes(content.encode())
    findings: list[Finding] = []

    documents = corpus.read_annotations(tmp_path, form, findings=findings)

    found = [one for one in findings if one.code == code]
    assert record is None or record in {value for one in found for value in (one.record, one.line)}
    assert found
    assert all(one.expected and len(one.found) < 200 for one in found)
    assert all(mark.fragments[-1].end <= len(one.text) for one in documents for mark in one.marks)
    with pytest.raises(UnfitAnnotationsError):
        corpus.read_annotations(tmp_path, form)


def test_every_rule_of_annotations_is_broken_here() -> None:
    """Each rule has a case."""
    assert {code for code, *_ in CASES} | {*FILES, *IMPORTED} == set(ANNOTATION_RULES)


@pytest.mark.parametrize("form", names())
def test_links_out_of_a_folder_are_not_followed(form: str, tmp_path: Path) -> None:
    """A file of the folder that is a link to one outside is a finding, and so is a text; pipes are not waited for."""
    outside, folder = tmp_path / "secret.txt", tmp_path / "in"
    folder.mkdir()
    outside.write_text(TEXT)
    suffixes = (".ann", ".json", ".jsonl", ".jsonld", ".conll", ".csv", ".xmi", ".tsv")
    for suffix in suffixes:
        (folder / f"b{suffix}").symlink_to(outside)
        os.mkfifo(folder / f"c{suffix}")
    findings: list[Finding] = []

    assert corpus.read_annotations(folder, form, findings=findings) == ()

    assert {finding.code for finding in findings} == {"annotation-unsafe", "annotation-unreadable"}


@pytest.mark.parametrize(("form", "file", "content"), [
    ("brat", "a.ann", "T1\tClaim 2 7\tRents"),
    ("web-annotation", "a.json", position(2, 7)),
    ("csv", "marks.csv", f"{MARKS}\na,1,A,2,7\n"),
])  # fmt: skip
def test_texts_outside_are_not_read(form: str, file: str, content: str, tmp_path: Path) -> None:
    """A text beside the annotations that is a link to one outside is not read."""
    (tmp_path / "secret.txt").write_text(TEXT)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / file).write_text(content)
    findings: list[Finding] = []

    assert corpus.read_annotations(tmp_path / "in", form, findings=findings) == ()
    assert "annotation-unsafe" in {finding.code for finding in findings}


@pytest.mark.parametrize("form", names())
def test_large_files_are_not_read(form: str, tmp_path: Path) -> None:
    """A file of more than 64 MiB is refused before it is read."""
    for suffix in (".ann", ".json", ".jsonl", ".conll", ".csv", ".xmi", ".tsv"):
        with (tmp_path / f"a{suffix}").open("wb") as file:
            file.truncate(65 << 20)
    findings: list[Finding] = []

    assert corpus.read_annotations(tmp_path, form, findings=findings) == ()
    assert {finding.code for finding in findings} == {"annotation-too-large"}


def example(form: str, folder: Path) -> list[Path]:
    """The files of a small document in a format."""
    if form == "webanno-tsv":
        (folder / "a.tsv").write_text(TSV)
        return [folder / "a.tsv"]
    marks = Mark("c", "Claim", (Span(2, 12),), (("voice", "reported"),), ("n",)), Mark("f", "Figure", (Span(2, 7),))
    links = (Link("l", "figure", ((SOURCE, "c"), (TARGET, "f"))),)
    write = format_named(form).write
    assert write
    write([AnnotatedDocument("a", TEXT, marks, links, (("x", "y"),))], folder, Losses())
    return sorted(folder.iterdir())


@pytest.mark.parametrize("form", names())
@given(at=st.floats(0, 1), change=st.binary(max_size=6), cut=st.integers(0, 12), which=st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_damaged_files_give_findings(form: str, at: float, change: bytes, cut: int, which: int) -> None:
    """Whatever is done to the bytes of a file, reading it gives documents and findings, and raises nothing."""
    with tempfile.TemporaryDirectory() as place:
        files = example(form, Path(place))
        file = files[which % len(files)]
        content = file.read_bytes()
        begin = int(at * len(content))
        file.write_bytes(content[:begin] + change + content[begin + cut :])
        findings: list[Finding] = []

        documents = corpus.read_annotations(place, form, findings=findings)

    assert all(
        0 <= span.start <= span.end <= len(one.text) for one in documents for m in one.marks for span in m.fragments
    )


def test_unknown_formats_and_places(tmp_path: Path) -> None:
    """A format that is none, a place that is not there, and one that is taken are errors that say what to do."""
    with pytest.raises(UnknownFormatError, match="brat"):
        corpus.read_annotations(tmp_path, "no-such")
    with pytest.raises(FileNotFoundError):
        corpus.read_annotations(tmp_path / "none", "brat")
    (tmp_path / "claims.jsonl").write_text("mine\n")
    with pytest.raises(PlaceTakenError):
        import_annotations("brat", tmp_path, tmp_path / "claims.jsonl")
    with pytest.raises(MissingDatasetError):
        import_annotations("brat", tmp_path, tmp_path / "new.jsonl", tmp_path)
    assert (tmp_path / "claims.jsonl").read_text() == "mine\n"


@pytest.mark.parametrize(
    ("code", "name", "change"),
    [
        ("annotation-document-unknown", "other", lambda ann, txt: (ann, f"{txt}More.")),
        ("annotation-not-in-article", "000-01", lambda ann, txt: ("T1\tClaim 0 10\tRents rose\n", "Rents rose.")),
        ("annotation-no-claim", "000-01", lambda ann, txt: (f"T9\tClaim 92 95;96 103\t{txt[92:103]}\n", txt)),
        ("annotation-no-claim", "000-01", lambda ann, txt: (f"T9\tClaim 93 98\t{txt[93:98]}\n", txt)),
        ("annotation-no-claim", "000-01", lambda ann, txt: (ann + "A999\tvalue T99 many\n", txt)),
    ],
)
def test_import_is_all_or_nothing(
    code: str, name: str, change: Callable[[str, str], tuple[str, str]], committed: Path, tmp_path: Path
) -> None:
    """What can be no claim of an article is named, and nothing is written."""
    export_annotations("brat", tmp_path / "brat", committed, ["000-01"])
    ann, txt = ((tmp_path / f"brat/000-01.{suffix}").read_bytes().decode() for suffix in ("ann", "txt"))
    figure = re.search(r"^A\d+\tvalue (T\d+) .*\n", ann, re.MULTILINE)
    assert figure
    ann, txt = change(ann.replace(figure[0], ""), txt)
    folder = tmp_path / "changed"
    folder.mkdir()
    (folder / f"{name}.ann").write_bytes(ann.replace("value T99 ", f"value {figure[1]} ").encode())
    (folder / f"{name}.txt").write_bytes(txt.encode())

    done = import_annotations("brat", folder, tmp_path / "new.jsonl", committed)

    assert ({finding.code for finding in done.findings}, done.rows) == ({code}, 0)
    assert not (tmp_path / "new.jsonl").exists()


def test_command_names_what_does_not_fit(committed: Path, run: Run, tmp_path: Path) -> None:
    """Findings on standard output, exit status 1, nothing written."""
    (tmp_path / "000-01.txt").write_text("Rents rose.")
    (tmp_path / "000-01.ann").write_text("T1\tClaim 0 10\tRents fell\n")
    out = tmp_path / "new.jsonl"

    done = run("import", "brat", tmp_path / "000-01.ann", "--dist", committed, "--out", out, "--format", "json")

    assert done.returncode == 1
    assert [(row["code"], row["line"]) for row in json.loads(done.stdout)] == [("annotation-text-differs", 1)]
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_commands_refuse_what_they_cannot_do(run: Run, committed: Path, tmp_path: Path) -> None:
    """A format that is read only, an article that is none, a folder that is taken: exit status 2, nothing written."""
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken/mine").write_text("mine")
    for arguments in (
        ("webanno-tsv", "--out", tmp_path / "new"),
        ("brat", "no-such", "--out", tmp_path / "new"),
        ("brat", "--out", tmp_path / "taken"),
    ):
        done = run("export", *arguments, "--dist", committed)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken"]
