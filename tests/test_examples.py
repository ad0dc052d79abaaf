"""The scripts in examples/: they run, print what the page shows, and count what plain Python counts too."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.dataset
import pyarrow.parquet as pq
import pytest

from tests.examples_page import PAGE, PICTURE, ROOT, SCRIPTS, render_page, run_example

R_SCRIPT = ROOT / "examples" / "claims.R"


def rows(table: str, dist: Path = ROOT / "dist") -> list[dict[str, Any]]:
    """The rows of a table as plain Python values."""
    return pyarrow.dataset.dataset(dist / "data" / table).to_table().to_pylist()


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Path]:
    """What each script prints for the committed dataset, and the folder that it was run in."""
    folder = tmp_path_factory.mktemp("elsewhere")
    printed = {}
    for script in SCRIPTS:
        extra = ("claims", "rows") if script == "training_rows.py" else ()
        done = run_example(script, ROOT / "dist", *extra, cwd=folder)
        assert done.returncode == 0, done.stderr
        assert done.stderr == "", "a script that is copied starts without warnings"
        printed[script] = done.stdout
    return printed, folder


def cells(printed: str) -> list[list[str]]:
    """The rows of drawn tables."""
    return [
        [cell.strip() for cell in re.split("[│┆]", line)[1:-1]] for line in printed.splitlines() if line[:1] in {"│"}
    ]


def test_the_page_is_current(runs: tuple[dict[str, str], Path]) -> None:
    """examples/README.md shows what the scripts print; `make docs` writes it."""
    page = PAGE.read_text("utf-8")

    assert [script for script in SCRIPTS if f"```text {script}\n" in page] == list(SCRIPTS)
    assert render_page(page, runs[0]) == page


def test_every_example_is_listed() -> None:
    """The page names every script, and no script that is not there."""
    named = set(re.findall(r"\]\(([a-zA-Z_]+\.(?:py|R))\)", PAGE.read_text("utf-8")))

    assert named == {path.name for path in PAGE.parent.iterdir() if path.suffix in {".py", ".R"}}


@pytest.mark.parametrize("script", [*SCRIPTS, "claims.R"])
def test_a_script_is_short(script: str) -> None:
    """What is to be copied is read in one go."""
    assert len((PAGE.parent / script).read_text("utf-8").splitlines()) <= 80


def test_speakers(runs: tuple[dict[str, str], Path]) -> None:
    """The pairs of outlet and speaker that are counted in SQL are those that plain Python counts."""
    outlets = {row["source_id"]: row["name"] for row in rows("sources")}
    actors = {row["actor_id"]: row["name"] for row in rows("actors")}
    counted: Counter[tuple[str, str]] = Counter()
    for claim in rows("claims"):
        reported = actors.get(claim["actor_id"]) or claim["claimant_text"] or "not named"
        speaker = "the article" if claim["voice"] == "author" else reported
        counted[outlets.get(claim["source_id"], "not known"), speaker] += 1
    part = runs[0]["duckdb_session.py"].split("\n\n")[0]

    shown = {(row[0], row[1]): int(row[2]) for row in cells(part)[2:]}

    assert len(shown) == 10
    assert all(counted[pair] == number for pair, number in shown.items())
    assert sorted(shown.values()) == sorted(number for _, number in counted.most_common(10))


def test_differing_figures(runs: tuple[dict[str, str], Path]) -> None:
    """Each quantity with values that differ is shown with its lowest and highest, and no other."""
    values: dict[str, list[float]] = {}
    for figure in rows("figures"):
        if figure["quantity_id"] and figure["value"] is not None:
            values.setdefault(figure["quantity_id"], []).append(figure["value"])
    part = runs[0]["duckdb_session.py"].split("On which quantities")[1].split("Which claims")[0]

    shown = sorted((int(row[3]), int(row[4])) for row in cells(part)[2:])

    assert shown == sorted((int(min(of)), int(max(of))) for of in values.values() if min(of) < max(of))


def test_unnamed_sources(runs: tuple[dict[str, str], Path]) -> None:
    """The claims without a named source are counted as they are."""
    unnamed = [row for row in rows("claims") if row["voice"] == "reported" and row["claimant_text"] is None]

    assert f"{len(unnamed)} rows" in runs[0]["duckdb_session.py"]
    assert unnamed[0]["claim_id"] in runs[0]["duckdb_session.py"]


def test_raw_bytes(runs: tuple[dict[str, str], Path]) -> None:
    """The bytes that are shown stand in the seed at the place that is told, and hold the claim's words."""
    found = re.search(r"(\S+) is bytes (\d+) to (\d+) of (\S+):\n(b.*)", runs[0]["duckdb_session.py"])
    assert found is not None
    raw = (ROOT / found[4]).read_bytes()[int(found[2]) : int(found[3])]
    claim = next(row for row in rows("claims") if row["claim_id"] == found[1])

    assert repr(raw) == found[5]
    assert raw.decode().split() == claim["text"].split()  # split() takes any white space, also what was rewritten
    assert raw.decode() != claim["text"], "a claim was to be shown in which something was rewritten"


def test_session_elsewhere(notes: dict[str, Path]) -> None:
    """The session asks other datasets the same, also where nothing differs and nothing was rewritten."""
    dist = notes["0.2.0"]

    done = run_example("duckdb_session.py", dist)

    assert done.returncode == 0, done.stderr
    first = cells(done.stdout.split("On which")[0])[2:]
    assert sum(int(row[2]) for row in first) == len(rows("claims", dist))


def test_figures_over_time(runs: tuple[dict[str, str], Path]) -> None:
    """Every figure of the quantity is in the table and in the picture, with who gives it and open bounds as open."""
    printed, folder = runs
    wanted = [row for row in rows("figures") if row["quantity_id"] == "people-killed-in-gaza"]
    table = [row for row in cells(printed["figures_over_time.py"]) if row[0] not in {"", "since"}]
    picture = (folder / "figures_over_time.svg").read_text("utf-8")
    points = re.findall(r'aria-label="day [^"]*killed in gaza: (\d+); outlet: who says it: ([^";]+);', picture)

    assert f"{len(wanted)} figures" in printed["figures_over_time.py"]
    assert sorted(float(value) for value, _ in points) == sorted(row["value"] for row in wanted)
    assert Counter(row[6] for row in table)["null"] == sum(row["value_high"] is None for row in wanted)
    assert ("5087", "The Red Herald: Gaza’s Ministry of Health") in points


def test_the_picture_is_current(runs: tuple[dict[str, str], Path]) -> None:
    """The picture on the page says what the script draws; the width of drawn words may differ between machines."""
    said = [
        re.findall('aria-label="([^"]*)"', path.read_text("utf-8"))
        for path in (PICTURE, runs[1] / "figures_over_time.svg")
    ]

    assert said[0] == said[1]


def test_an_unknown_quantity() -> None:
    """A quantity that is not there ends with a sentence, not with an empty picture."""
    done = run_example("figures_over_time.py", ROOT / "dist", "no-such-quantity")

    assert done.returncode == 1
    assert "no figure has the quantity 'no-such-quantity'" in done.stderr
    assert "Traceback" not in done.stderr


def read_rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows that were written, by part, without a cache."""
    import datasets

    parts = datasets.load_from_disk(str(folder), keep_in_memory=True)
    return {part: list(of) for part, of in parts.items()}


def spans(row: dict[str, Any]) -> set[tuple[str, int, int, str]]:
    """The spans that the tags of a row give, read token by token."""
    names = ["O", "B-author", "I-author", "B-reported", "I-reported"]
    found: list[list[Any]] = []
    for (start, end), tag in zip(row["places"], (names[tag] for tag in row["tags"]), strict=True):
        if tag.startswith("B"):
            found.append([row["paragraph_id"], start, end, tag[2:]])
        elif tag.startswith("I"):
            assert found[-1][3] == tag[2:], "a claim changed its voice in the middle"
            found[-1][2] = end
    return {(one[0], one[1], one[2], one[3]) for one in found}


def test_tags_give_the_claims_back(runs: tuple[dict[str, str], Path]) -> None:
    """Read from the tags alone, every curated claim stands where its offsets say, and nothing else does."""
    starts = {row["paragraph_id"]: row["char_start"] for row in rows("paragraphs")}
    wanted = set()
    for claim in rows("claims"):
        start = starts[claim["paragraph_id"]]
        wanted.add((claim["paragraph_id"], claim["char_start"] - start, claim["char_end"] - start, claim["voice"]))

    parts = read_rows(runs[1] / "rows")

    assert {span for part in parts.values() for row in part for span in spans(row)} == wanted
    texts = {row["paragraph_id"]: row["text"] for row in rows("paragraphs")}
    for row in (row for part in parts.values() for row in part):
        assert row["tokens"] == [texts[row["paragraph_id"]][start:end] for start, end in row["places"]]


def test_parts_share_no_article(runs: tuple[dict[str, str], Path]) -> None:
    """No article is in both parts, about a fifth is in the test, and the articles that the card names are together."""
    parts = {part: {row["article_id"] for row in of} for part, of in read_rows(runs[1] / "rows").items()}

    assert not parts["train"] & parts["test"]
    assert parts["train"] | parts["test"] == {row["article_id"] for row in rows("articles")}
    assert 0.15 <= len(parts["test"]) / len(rows("articles")) <= 0.3
    card = (ROOT / "dist" / "README.md").read_text("utf-8")
    pair = re.search(r"the same sentences of an interview stand in (\S+) and (\S+),", card)
    assert pair is not None
    assert any({pair[1], pair[2]} <= part for part in parts.values())


def test_shared_words_stay_together(tmp_path: Path) -> None:
    """Articles that share a run of words come into one part, also by way of a third; so do all of them, if all do."""
    texts = {row["article_id"]: row["text"] for row in rows("articles")}
    chain = "one two three four five six seven eight nine ten eleven twelve"
    folder = Path(shutil.copytree(ROOT / "dist", tmp_path / "dist"))
    file = folder / "data" / "articles" / "train-00000-of-00001.parquet"
    table = pq.read_table(file)
    names = list(texts)
    linked = {
        names[0]: f" {chain}",
        names[5]: f" {chain} / {chain.upper()[::-1]}",
        names[11]: f" {chain.upper()[::-1]}",
    }
    changed = pyarrow.array([texts[name] + linked.get(name, "") for name in names], table.schema.field("text").type)
    pq.write_table(table.set_column(table.schema.get_field_index("text"), table.schema.field("text"), changed), file)

    done = run_example("training_rows.py", folder)

    assert done.returncode == 0, done.stderr
    parts = [set(re.findall(r"\d{3}-\d\d", line)) for line in done.stdout.splitlines() if re.match("train|test", line)]
    assert any(set(linked) <= part for part in parts)


def test_overlapping_claims(notes: dict[str, Path]) -> None:
    """Where two passes lie over each other, one span of an overlap stays and the other is counted as left out."""
    done = run_example("training_rows.py", ROOT / "dist", "claim_passes")
    found = re.search(r"claim_passes: (\d+), of which (\d+) left out", done.stdout)
    kept = sum(int(number) for number in re.findall(r"with (\d+) claims", done.stdout))

    assert found is not None, done.stderr
    assert int(found[1]) == len(rows("claim_passes"))
    assert int(found[2]) > 0
    assert kept == int(found[1]) - int(found[2])
    assert "do not give back: 0" in done.stdout


_OF_R = set("suppressPackageStartupMessages library c commandArgs function collect open_dataset file.path cat".split())
_OF_R |= set("left_join select count print filter is.na with substring stopifnot identical nrow".split())


def test_the_r_script_names_what_is_there() -> None:
    """R need not be installed: every table, column and function that it names is there, every bracket closed."""
    source = re.sub(r"(?m)#.*$", "", R_SCRIPT.read_text("utf-8"))
    code = re.sub(r'"[^"\n]*"', '""', source)
    tables = re.findall(r'read_table\("([a-z_]+)"\)', source)
    columns = {name for table in tables for name in pq.read_schema(next((ROOT / "dist/data" / table).iterdir())).names}
    assigned = set(re.findall(r"([A-Za-z_][\w.]*) *<-", code))
    named = set(re.findall(r"([A-Za-z_][\w.]*) *=(?!=)", code))
    calls = set(re.findall(r"([A-Za-z_][\w.]*) *\(", code))
    other = set(re.findall(r"(?<![\w.])[A-Za-z_][\w.]*(?! *[\w.(])(?! *=(?!=))", code))
    joined = set(re.findall(r'by = "([a-z_]+)"', source))

    assert tables == ["articles", "claims", "sources", "figures"]
    assert calls - assigned <= _OF_R
    assert joined <= columns
    assert named <= {"trailingOnly", "by", "sort", "n", "article"}
    assert other <= columns | assigned | named | {"TRUE", "arrow", "dplyr", "name"}, other - columns
    for opening, closing in ("()", "{}", "[]"):
        assert code.count(opening) == code.count(closing)
    assert 'quantity_id == "population-of-gaza"' in source
    assert any(row["quantity_id"] == "population-of-gaza" for row in rows("figures"))
    with_r = shutil.which("Rscript") and not _r_lacks_packages()
    if with_r:  # what no machine without R can show
        done = subprocess.run(["Rscript", R_SCRIPT, "dist"], capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.returncode == 0, done.stderr
        assert f"{len(rows('claims'))} claims stand where" in done.stdout


def _r_lacks_packages() -> bool:
    asked = ["Rscript", "-e", "library(arrow); library(dplyr)"]
    return subprocess.run(asked, capture_output=True, check=False).returncode != 0


def test_no_verdict() -> None:
    """Each script and the page say what the numbers are not."""
    for path in (PAGE, *(PAGE.parent / script for script in SCRIPTS), R_SCRIPT):
        assert re.search(r"whether a\s+claim is true|figure is marked as right", path.read_text("utf-8")), path.name
