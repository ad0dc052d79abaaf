"""From a dataset to a tool and back: the lines that a curator gets are those that the claims were made from."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import corpus
from corpus.annotations import export_annotations, import_annotations
from corpus.interchange.rows import claim_marks
from corpus.preparing import prepare
from corpus.records import Claim
from corpus.seeds.reading import read_collection

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]


def rows(file: Path) -> list[dict[str, Any]]:
    """The lines of a file of claims, in the order of their ids."""
    found = [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]
    return sorted(found, key=lambda row: row["id"])


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The claims of all articles, exported for brat and imported again."""
    folder = tmp_path_factory.mktemp("brat")
    export_annotations("brat", folder / "out", ROOT / "dist")
    done = import_annotations("brat", folder / "out", folder / "claims.jsonl", ROOT / "dist")
    assert done.findings == ()
    return folder / "claims.jsonl"


def test_imported_lines_give_the_same_claims(imported: Path, tmp_path: Path) -> None:
    """Seeds whose claims are replaced by the imported lines give every claim, source, label and figure as before."""
    seeds = Path(shutil.copytree(ROOT / "seeds", tmp_path / "seeds"))
    found = rows(imported)
    for file in seeds.glob("*/claims.jsonl"):
        own = [row for row in found if row["article"].startswith(f"{file.parent.name}-")]
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in own), "utf-8")

    before, after = (_claims(place) for place in (ROOT / "seeds", seeds))

    assert after == before
    assert len(after) > 400


def _claims(seeds: Path) -> dict[str, Claim]:
    collection, findings = read_collection(seeds)
    assert findings == []
    return {claim.claim_id: claim for claim in prepare(collection)[0].claims}


@pytest.mark.parametrize("form", ["csv", "label-studio", "web-annotation", "xmi"])
def test_every_rich_format_gives_the_same_lines(form: str, imported: Path, tmp_path: Path) -> None:
    """What carries attributes and links gives the same lines as brat does."""
    export_annotations(form, tmp_path / "out", ROOT / "dist", ["000-01", "002-06"])
    import_annotations(form, tmp_path / "out", tmp_path / "new.jsonl", ROOT / "dist")

    assert rows(tmp_path / "new.jsonl") == [row for row in rows(imported) if row["article"] in ("000-01", "002-06")]


@pytest.mark.parametrize("form", ["bio", "doccano"])
def test_poor_formats_leave_blanks(form: str, imported: Path, tmp_path: Path) -> None:
    """What carries no attributes gives the same words, with blanks for the labels, and says so when it is written."""
    exported = export_annotations(form, tmp_path / "out", ROOT / "dist", ["000-01"])
    import_annotations(form, tmp_path / "out", tmp_path / "new.jsonl", ROOT / "dist")

    found = rows(tmp_path / "new.jsonl")
    same = [row for row in rows(imported) if row["article"] == "000-01"]
    assert [row["exact"] for row in found] == [row["exact"] for row in same]
    assert all(row["voice"].startswith("TODO") for row in found)
    assert any("attributes of marks" in loss for loss in exported.losses)


def test_commands_there_and_back(run: Run, committed: Path, tmp_path: Path) -> None:
    """`corpus export` writes for a tool and says on standard error what is lost; `corpus import` reads it back."""
    out, back = tmp_path / "out", tmp_path / "new.jsonl"

    first = run("export", "doccano", "000-01", "--table", "claims_automatic", "--dist", committed, "--out", out)
    second = run("import", "doccano", out, "--dist", committed, "--out", back)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "not carried: " in first.stderr
    assert "1 document(s)" in second.stdout
    assert len(rows(back)) > 0


def test_automatic_claims_are_read_from_every_file(committed: Path, tmp_path: Path) -> None:
    """A table may be in several files; all of its claims are exported."""
    import pyarrow.parquet as pq

    dist = Path(shutil.copytree(committed, tmp_path / "dist"))
    (file,) = (dist / "data/claims_automatic").glob("*.parquet")
    table = pq.read_table(file)
    file.unlink()
    for number in range(2):
        half = table.slice(number * (table.num_rows // 2), None if number else table.num_rows // 2)
        pq.write_table(half, file.with_name(f"train-0000{number}-of-00002.parquet"))

    export_annotations("brat", tmp_path / "out", dist, table="claims_automatic")

    documents = corpus.read_annotations(tmp_path / "out", "brat")
    assert sum(len(claim_marks(one)) for one in documents) == table.num_rows


def test_evaluate_reads_brat_with_the_texts_of_the_gold(committed: Path, tmp_path: Path, run: Run) -> None:
    """Predicted marks need no texts of their own; marks that do not fit the text are refused."""
    export_annotations("brat", tmp_path / "out", committed, ["000-01"])
    (tmp_path / "out/000-01.txt").unlink()

    done = run("evaluate", committed, tmp_path / "out", "--format", "json")

    assert done.returncode == 0, done.stderr
    scores = {(row["measure"], row["marks"]): row for row in json.loads(done.stdout)["scores"]}
    assert scores["exact", "all"]["counts"]["predicted_hits"] == scores["exact", "all"]["counts"]["predicted"] > 0
    (tmp_path / "out/000-01.ann").write_text("T1\tClaim 0 5\tnever\n")
    assert run("evaluate", committed, tmp_path / "out").returncode == 2
