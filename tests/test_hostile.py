"""Hostile input: whatever a file, a name or a register holds, findings or articles come of it, and no traceback."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

import corpus
from corpus.adding import Wanted, add
from corpus.building import build, validate_seeds
from corpus.errors import InvalidCorpusError, NotAFileError
from corpus.findings import Finding
from corpus.reports import Format, render
from corpus.seeds.toml_lines import key_lines
from corpus.suggesting import settle
from corpus.text.edits import apply_edits
from corpus.text.normalising import compose_characters
from corpus.validating import validate_dataset

Run = Callable[..., subprocess.CompletedProcess[str]]
BASE = Path(__file__).parent / "faults" / "base"
HEADER = "Pears are early this year\nThe Ferry Post | 2 April 2024\n"
BODY = (
    "The pears of the valley are early this year, and the growers expect to pick them in July. The co-operative has "
    "rented a second cold store near the harbour.\nAda Quill said that prices would fall by 4 percent.\n"
)
# Markus Kuhn's stress test for decoders of UTF-8, in its kinds: each is refused, or read as another encoding and
# told so, and never taken for UTF-8.
MALFORMED = {
    "continuation": b"\x80\xbf",
    "lonely start": b"\xc3 \xe2 \xf0 ",
    "truncated": b"\xe2\x82 \xf0\x9f\x98 ",
    "impossible": b"\xfe\xff",
    "overlong": b"\xc0\xaf \xe0\x80\xaf \xf0\x80\x80\xaf",
    "overlong zero": b"\xc0\x80",
    "surrogates": b"\xed\xa0\x80\xed\xb0\x80",
    "five and six bytes": b"\xf8\x88\x80\x80\x80 \xfc\x84\x80\x80\x80\x80",
    "beyond Unicode": b"\xf4\x90\x80\x80",
}
# Legal characters that are rare: each is kept, changed with an entry in the ledger, or refused.
RARE = {
    "decomposed": "Cafe\u0301 a\u0323\u0307 \u1e9b\u0323 \u212b \u0344 \u0958 \ufb1d \U0001d15e \u2adc",
    "syllables": "\u1100\u1161\u11a8 \uac00\u11a8 \u1112\u1161\u11ab",
    "many marks": "e" + "\u0301\u0316" * 200,
    "marks in disguise": "\u0f71\u0f73\u0f72\u0f81",
    "separators": "one\u2028two\u2029three\x85four",
    "spaces": "a\u00a0b\u2003c\u3000d\u202fe\u205ff\u1680g",
    "joined": "👨\u200d👩\u200d👧 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f ☃\ufe0f",
    "looks like markup": "<script>alert(1)</script> [[article]] ''' \"\"\" {{x}} ${x} %s =cmd|' /C calc'!A0",
    "looks like a blank": "TODO",
}


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A valid collection."""
    return Path(shutil.copytree(BASE, tmp_path / "seeds"))


ANSWERS = {"id": "ferry-post", "basis": "inferred", "edtf": "2024-04-02"}


def filled(folder: Path) -> None:
    """Write an answer for every blank of a seed."""
    source = folder / "source.toml"
    lines = source.read_text("utf-8").split("\n")
    for number, line in enumerate(lines):
        key, _, value = line.partition(" = ")
        if value.startswith('"TODO: ') and key != "begins":
            lines[number] = f'{key} = "{ANSWERS.get(key, "Invented.")}"'
    source.write_text("\n".join(lines), "utf-8")


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_utf_8_is_not_taken_for_utf_8(name: str) -> None:
    """Bytes that are no UTF-8 are refused, or read in another encoding with a word about it."""
    read = corpus.articles(f"{HEADER}{BODY}Here: ".encode() + MALFORMED[name] + b" end.\n")

    assert [f for f in read.findings if f.level == "error"] or read.encoding != "utf-8"
    with pytest.raises(UnicodeDecodeError):
        MALFORMED[name].decode()


@pytest.mark.parametrize("name", RARE)
def test_every_byte_of_rare_characters_is_accounted_for(name: str, seeds: Path, tmp_path: Path) -> None:
    """Added, filled in and built, a text with rare characters in title and body keeps its bytes in the ledger."""
    file = tmp_path / "TODO list.txt"
    file.write_text(f"{RARE[name]}\nThe Ferry Post | 2 April 2024\n{BODY}Here: {RARE[name]} end.\n", "utf-8")
    add(file, seeds, Wanted(seed_id="300"), with_suggestions=False)
    filled(seeds / "300")

    dist = build(seeds, tmp_path / "dist", lock=None).folder
    assert validate_dataset(dist) == []
    assert corpus.load("articles", dist).filter(seed_id="300").height == 1


def test_marks_are_composed_as_unicode_says() -> None:
    """Whatever marks follow each other, the result is normalisation form C, and a megabyte of them is no trouble."""
    marks = "\u0301\u0316\u0344\u0f73\u0f71\u1161"
    for order in itertools.permutations(marks, 5):
        text = "".join(letter + "".join(order) * times for letter, times in (("e", 1), ("\u1100", 2), (" ", 20)))
        assert apply_edits(text, list(compose_characters(text))) == unicodedata.normalize("NFC", text)

    many = "e" + "\u0301\u0316" * 200_000
    composed = apply_edits(many, list(compose_characters(many)))
    assert composed == "e" + "\u0316" * 200_000 + "\u0301" * 200_000 or composed.startswith("\u00e9\u0316")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\n" * 200_001, "container-too-large"),
        ("a\t" * 2_000_001, "container-too-large"),
        ("1 of 3 DOCUMENTS\n", "seed-empty"),
        ("\u200b\u200b\n", "seed-empty"),
    ],
)
def test_nothing_is_refused_without_a_word(text: str, code: str) -> None:
    """A text that is too large to be judged, or holds no article, is an error, and not an empty list alone."""
    read = corpus.articles(text.encode(), layout="nexis" if "DOCUMENTS" in text else None)

    assert read.articles == ()
    assert [f.code for f in read.findings if f.level == "error"] in ([code], ["text-empty"])


def test_millions_of_blank_lines_take_little_memory() -> None:
    """A run of line breaks is one change, however long it is."""
    (article,) = corpus.articles(b"Rents rise" + b"\n" * 5_000_000 + b"Rents rose again.").articles
    assert article.text == "Rents rise\nRents rose again."


@pytest.mark.parametrize(
    "encoding", ["punycode", "idna", "undefined", "unicode_escape", "zlib_codec", "a\0b", "utf-16-x"]
)
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.html", "a.json"])
def test_odd_encodings_are_refused(encoding: str, name: str) -> None:
    """A name that is no encoding of texts, which Python may know all the same, is an error in every form."""
    data = b'[{"text": "Rents rose."}]' if name == "a.json" else b"text,title\nRents rose.,Rents\n"
    read = corpus.articles(data, name=name, encoding=encoding)
    assert {f.code for f in read.findings if f.level == "error"} == {"text-undecodable"}


def test_a_record_is_no_library() -> None:
    """One record's text is bounded; the others are read."""
    rows = [{"text": "a" * (9 << 20)}, {"text": "Rents rose."}]
    read = corpus.articles(json.dumps(rows).encode(), name="dump.json")
    assert ([a.text for a in read.articles], [f.code for f in read.findings]) == (
        ["Rents rose."],
        ["container-too-large"],
    )


@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_file_is_refused(kind: str, seeds: Path, tmp_path: Path, run: Run) -> None:
    """A pipe, a folder or a device is named as none, and nothing waits for its end."""
    place = Path("/dev/zero") if kind == "device" else tmp_path / "place"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    with pytest.raises(NotAFileError):
        corpus.articles(place)
    done = run("add", place, "--seeds", seeds, timeout=60)
    assert (done.returncode, "is no file" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


SOURCE = (BASE / "200" / "source.toml").read_text("utf-8")
TOML = {
    "deep array": f"x = {'[' * 5_000}{']' * 5_000}\n{SOURCE}",
    "deep enough": f"x = {'[' * 150}{']' * 150}\n{SOURCE}",
    "deep key": f"{'.'.join(['a'] * 20_000)} = 1\n{SOURCE}",
    "deep table": f"{SOURCE}\n[{'.'.join(['a'] * 20_000)}]\n",
    "deep quoted key": '"a b".' * 20_000 + f"a = 1\n{SOURCE}",
    "long number": f"x = {'9' * 5_000}\n{SOURCE}",
    "control character": f"{SOURCE}# \x1b\n",
    "zero byte": f"{SOURCE}\0",
}


@pytest.mark.parametrize("name", TOML)
def test_odd_toml_is_a_finding(name: str, seeds: Path) -> None:
    """TOML that parsers stumble over is one finding of its file."""
    (seeds / "200" / "source.toml").write_text(TOML[name], "utf-8")
    assert [f.code for f in validate_seeds(seeds)] == ["toml-syntax"]


def test_lines_of_keys_are_found_in_linear_time() -> None:
    """Spaces and brackets without end are no table, and are not tried in every division."""
    assert key_lines(f"a = 1\n[{' ' * 200_000}\n[{'a ' * 100_000}\n[ b . c ]\n") == {("a",): 1, ("b", "c"): 4}


def test_thousands_of_faults_are_cut_short(seeds: Path) -> None:
    """A file of marks that is wrong in every line, and a table of unknown keys, end after a thousand findings."""
    (seeds / "200" / "claims.jsonl").write_text("x\n" * 100_000, "utf-8")
    (seeds / "100" / "source.toml").write_text(
        "".join(f"k{n} = 1\n" for n in range(5_000)) + (BASE / "100" / "source.toml").read_text("utf-8"), "utf-8"
    )
    found = validate_seeds(seeds)
    assert {f.code for f in found} == {"jsonl-syntax", "key-unknown"}
    assert len(found) < 2_100


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_reports_stay_short_and_count_the_rest(form: Format) -> None:
    """Of a million findings alike a report has the first, and how many more there are."""
    findings = [
        Finding("dump.csv", n, "record-unreadable", f"record {n}", "4 fields", "3 fields") for n in range(9_000)
    ]
    report = render(findings, form)
    assert len(report) < 2_000_000
    assert f"{9_000 - (20 if form == 'text' else 1_000):,} more of the same" in report


def test_words_of_a_text_are_no_blanks(seeds: Path, tmp_path: Path) -> None:
    """A file and a title that begin with TODO can be added: only what stands for an answer is a blank."""
    file = tmp_path / "TODO.txt"
    file.write_text(f"TODO: mend the ferry\nThe Ferry Post | 2 April 2024\n{BODY}", "utf-8")
    addition = add(file, seeds, with_suggestions=False)
    assert {f.found.split(":")[0] for f in addition.to_do} == {"TODO"}
    filled(addition.folder)
    assert [f for f in validate_seeds(seeds) if f.level == "error"] == []


def test_settling_keeps_other_claims_and_follows_no_link(seeds: Path, tmp_path: Path) -> None:
    """Separators inside a claim's words do not cut its line, and a link in a seed's folder leads nowhere."""
    outside = tmp_path / "outside.jsonl"
    file = tmp_path / "pears.txt"
    file.write_text(HEADER + BODY, "utf-8")
    addition = add(file, seeds, Wanted(seed_id="300"))
    assert addition.suggestions > 1
    suggestions = seeds / "300" / "suggestions.jsonl"
    first, *others = suggestions.read_text("utf-8").splitlines(keepends=True)
    mark = json.loads(first)["mark"] | {"id": "300-01-c001", "suffix": " \u2028"}
    (seeds / "300" / "claims.jsonl").write_text(json.dumps(mark, ensure_ascii=False) + "\n", "utf-8")
    suggestions.write_text("".join(others).replace('"open"', '"accept"'), "utf-8")
    settle("300-01", seeds)
    lines = (seeds / "300" / "claims.jsonl").read_text("utf-8").removesuffix("\n").split("\n")
    assert [json.loads(line)["id"] for line in lines] == [f"300-01-c{n:03}" for n in range(1, len(others) + 2)]

    (seeds / "300" / "claims.jsonl").unlink()
    (seeds / "300" / "claims.jsonl").symlink_to(outside)
    suggestions.write_text("".join(others).replace('"open"', '"accept"'), "utf-8")
    settle("300-01", seeds)
    assert not outside.exists()


def test_links_inside_a_seed_lead_nowhere(seeds: Path, tmp_path: Path) -> None:
    """A declaration, a file or a folder that is a link out of the seeds counts as missing."""
    outside = Path(shutil.move(seeds / "100", tmp_path / "outside"))
    (seeds / "100").symlink_to(outside, target_is_directory=True)
    assert {f.code for f in validate_seeds(seeds)} == {"file-missing"}


def test_names_and_letters_do_not_steer_the_terminal(seeds: Path, tmp_path: Path, run: Run) -> None:
    """A name with escape sequences is shown as escapes, also where a terminal has few letters."""
    file = tmp_path / "\x1b[2J[bold]\u202e.txt"
    file.write_text(f"Žofín closes\nThe Ferry Post | 2 April 2024\n{BODY}", "utf-8")
    done = run("add", file, "--seeds", seeds, env=os.environ | {"PYTHONIOENCODING": "latin-1"}, encoding="latin-1")
    assert (done.returncode, "Traceback" in done.stderr, "\x1b" in done.stdout + done.stderr) == (0, False, False)
    assert "\\u017dofín closes" in done.stdout
    assert tomllib.loads((seeds / "201" / "source.toml").read_text("utf-8"))["file"].isascii()


def test_refused_files_leave_nothing_behind(seeds: Path, tmp_path: Path) -> None:
    """What is refused changes no file of the collection."""
    before = sorted(str(path) for path in seeds.rglob("*"))
    for name, data in (
        ("a.txt", b"a\0b"),
        ("a.csv", b"text,text\na,b\n"),
        ("a.json", b"[" * 50_000),
        ("a.docx", b"PK\3\4"),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InvalidCorpusError):
            add(tmp_path / name, seeds)
    assert sorted(str(path) for path in seeds.rglob("*")) == before
