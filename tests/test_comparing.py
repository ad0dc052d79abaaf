"""What differs between two datasets: known edits are found, all of them and nothing else, and words stay words."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus.comparing.datasets import compare
from corpus.comparing.differences import ChangedRow, ChangedValue, DatasetDifference, NamedRow, TableDifference
from corpus.comparing.rendering import render
from corpus.comparing.tables import compare_table
from corpus.comparing.wording import word_changes
from corpus.errors import DamagedTableError, MissingDatasetError
from corpus.tables.files import table_file
from schemas import TABLES

Run = Callable[..., subprocess.CompletedProcess[str]]
HOSTILE = "\x1b[31m`` ` ~~x~~ **y** [a](https://a.example) <img src=x> @all | \u202e\n# head\n```\nend"


def edit(folder: Path, table: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """Change a table of a dataset in its file; the manifest is left as it is."""
    path = folder / table_file(table)
    pq.write_table(change(pq.read_table(path)), path)


def with_value(table: pa.Table, column: str, row: int, value: Any) -> pa.Table:
    """The table with one value replaced."""
    values = table[column].to_pylist()
    values[row] = value
    place = table.schema.get_field_index(column)
    return table.set_column(place, table.schema.field(place), pa.array(values, table.schema.field(place).type))


def difference_of(old: Path, new: Path, table: str, limit: int = 20) -> TableDifference:
    """How one table differs; no other may."""
    found = [each for each in compare(old, new, limit).tables if each.is_different]
    assert [each.table for each in found] == [table]
    return found[0]


def test_dataset_is_like_itself(committed: Path, copied: Path) -> None:
    """A dataset and its rebuilt copy hold the same rows in all tables, and the rows are counted."""
    difference = compare(committed, copied)

    assert not difference.is_different
    assert {t.table for t in difference.tables} <= set(TABLES)
    assert (
        next(t for t in difference.tables if t.table == "articles").new_count
        == pq.read_table(committed / table_file("articles")).num_rows
    )
    assert render(difference) == "the tables hold the same rows"


@pytest.mark.parametrize("table", ["articles", "claims", "ledger", "sources", "figures", "vocabulary"])
def test_order_and_encoding_of_rows_do_not_count(table: str, committed: Path, copied: Path) -> None:
    """Rows in another order, in other row groups, are the same rows."""
    edit(copied, table, lambda rows: rows.take(list(reversed(range(rows.num_rows)))))
    assert not compare(committed, copied).is_different


def test_removed_and_added_rows(committed: Path, copied: Path) -> None:
    """A row that is gone is named by key and words, from either side."""
    gone = pq.read_table(copied / table_file("claims")).slice(4, 1).to_pylist()[0]
    edit(copied, "claims", lambda rows: pa.concat_tables([rows.slice(0, 4), rows.slice(5)]))
    row = NamedRow((gone["claim_id"],), gone["text"])

    less, more = difference_of(committed, copied, "claims"), difference_of(copied, committed, "claims")

    assert (less.removed, less.added, less.changed, less.removed_rows) == (1, 0, 0, (row,))
    assert (more.removed, more.added, more.changed, more.added_rows) == (0, 1, 0, (row,))
    assert less.old_count == less.new_count + 1


def test_changed_values(committed: Path, copied: Path) -> None:
    """A changed row is told with each column that changed, before and after, null and lists included."""
    before = pq.read_table(copied / table_file("claims")).to_pylist()[7]
    edit(copied, "claims", lambda rows: with_value(with_value(rows, "topic", 7, None), "char_end", 7, 99_999))

    found = difference_of(committed, copied, "claims")

    values = (ChangedValue("char_end", before["char_end"], 99_999), ChangedValue("topic", before["topic"], None))
    assert found.changed_rows == (ChangedRow((before["claim_id"],), values),)
    assert (found.added, found.removed, found.changes) == (0, 0, {"char_end": 1, "topic": 1})


def test_lists_are_compared(committed: Path, copied: Path) -> None:
    """A list with another item is a change."""
    before = pq.read_table(copied / table_file("actors"))
    column = next(field.name for field in before.schema if pa.types.is_list(field.type))
    edit(copied, "actors", lambda rows: with_value(rows, column, 0, ["the harbour", "the port"]))
    change = difference_of(committed, copied, "actors").changed_rows[0].values[0]
    assert (change.column, change.new) == (column, ["the harbour", "the port"])


def test_ledger_is_matched_by_seed_and_bytes(committed: Path, copied: Path) -> None:
    """The ledger has no key: its rows are known by seed and bytes."""
    edit(copied, "ledger", lambda rows: with_value(rows, "reason", 1, "spilt_ink"))
    found = difference_of(committed, copied, "ledger")
    assert (found.added, found.removed, found.changes) == (0, 0, {"reason": 1})
    assert found.changed_rows[0].key == ("000", 92, 93)


def test_columns_that_come_go_and_change_their_type(committed: Path, copied: Path) -> None:
    """Columns are told by name and type; the values of one whose type changed are not compared."""

    def changed(rows: pa.Table) -> pa.Table:
        rows = rows.drop_columns(["note"]).append_column("harvest", pa.array([1.5] * rows.num_rows))
        return rows.set_column(
            rows.schema.get_field_index("unit"), "unit", pa.array(list(range(rows.num_rows)), pa.int64())
        )

    edit(copied, "quantities", changed)
    found = difference_of(committed, copied, "quantities")

    columns = {(c.column, c.old_type, c.new_type) for c in found.columns}
    assert columns == {("note", "String", None), ("unit", "String", "Int64"), ("harvest", None, "Float64")}
    assert (found.added, found.removed, found.changed) == (0, 0, 0)


def test_table_that_comes_or_goes(committed: Path, copied: Path) -> None:
    """A table without rows is not published: where it comes, all its rows do."""
    manifest = json.loads((copied / "manifest.json").read_text("utf-8"))
    rows = manifest["tables"].pop("divergences")["rows"]
    (copied / "manifest.json").write_text(json.dumps(manifest), "utf-8")

    assert difference_of(copied, committed, "divergences").added == rows
    assert difference_of(committed, copied, "divergences").removed == rows


def test_key_that_went_or_repeats(committed: Path, copied: Path, tmp_path: Path) -> None:
    """Without its key a table is compared by whole rows; rows that share a key neither hide nor multiply."""
    renamed = Path(shutil.copytree(copied, tmp_path / "renamed"))
    edit(renamed, "vocabulary", lambda rows: rows.rename_columns(["^.*$", *rows.column_names[1:]]))
    found = difference_of(committed, renamed, "vocabulary")
    assert (found.added, found.removed, found.changed, len(found.columns)) == (0, 0, 0, 2)

    edit(copied, "vocabulary", lambda rows: with_value(rows, "term_id", 1, rows["term_id"][0].as_py()))
    repeated = Path(shutil.copytree(copied, tmp_path / "repeated"))
    edit(repeated, "vocabulary", lambda rows: with_value(rows, "means", 1, "a field in autumn"))
    found = difference_of(copied, repeated, "vocabulary")
    assert (found.added, found.removed, found.changed) == (0, 0, 1)


KEYS = st.sampled_from([f"row-{n}" for n in range(12)])
ROWS = st.dictionaries(KEYS, st.tuples(st.none() | st.text(max_size=4), st.none() | st.integers(0, 3)), max_size=12)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=ROWS, new=ROWS, limit=st.integers(0, 3))
def test_every_edit_is_found(
    old: dict[str, tuple[str | None, int | None]],
    new: dict[str, tuple[str | None, int | None]],
    limit: int,
    tmp_path: Path,
) -> None:
    """Whatever two tables hold: the counts are those of sets of keys, and no more rows are named than asked for."""
    files = []
    for name, rows in (("old", old), ("new", new)):
        columns = {
            "term_id": pa.array(rows, pa.string()),
            "means": pa.array([row[0] for row in rows.values()], pa.string()),
            "harvest": pa.array([row[1] for row in rows.values()], pa.int64()),
        }
        files.append(tmp_path / f"{name}.parquet")
        pq.write_table(pa.table(columns), files[-1])
    changed = {key for key in old.keys() & new.keys() if old[key] != new[key]}

    found = compare_table("vocabulary", [files[0]], [files[1]], limit)

    assert (found.old_count, found.new_count) == (len(old), len(new))
    assert (found.added, found.removed, found.changed) == (len(new.keys() - old), len(old.keys() - new), len(changed))
    assert [row.key[0] for row in found.added_rows] == sorted(new.keys() - old)[:limit]
    assert [row.key[0] for row in found.removed_rows] == sorted(old.keys() - new)[:limit]
    assert [row.key[0] for row in found.changed_rows] == sorted(changed)[:limit]
    for row in found.changed_rows:
        values = {"means": 0, "harvest": 1}
        assert all(
            (v.old, v.new) == (old[row.key[0]][values[v.column]], new[row.key[0]][values[v.column]]) for v in row.values
        )


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_stretches_give_both_texts_again(old: str, new: str) -> None:
    """What is the same and removed is the old text, what is the same and added the new one."""
    stretches = word_changes(old, new)
    assert "".join(s.words for s in stretches if s.kind != "added") == old
    assert "".join(s.words for s in stretches if s.kind != "removed") == new


def test_long_texts_are_compared_by_words() -> None:
    """Of a long text the words that changed are shown, with a few around them; unlike ends cost no time."""
    text = "Rents rose in the spring. " * 400
    stretches = word_changes(text, text.replace("spring", "autumn", 1))
    assert [(s.kind, s.words) for s in stretches if s.kind != "same"] == [("removed", "spring"), ("added", "autumn")]
    assert len(word_changes("a b " * 50_000, "b c " * 50_000)) == 3


def hostile(words: str = HOSTILE, rows: int = 1) -> DatasetDifference:
    """Differences with the words wherever words of a dataset may stand."""
    long = f"{words} and the rest of a long text, longer than a line of a table could ever be"
    values = (ChangedValue(words, words, None), ChangedValue(words, words + long, f"{long} {words}"))
    named = tuple(NamedRow((words, n), words) for n in range(rows))
    changed = tuple(ChangedRow((words, n), values) for n in range(rows))
    table = TableDifference("claims", ("k",), 1, 1, rows, rows, rows + 5, (), {words: rows}, named, named, changed)
    return DatasetDifference(words, words + ".", (table,))


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_words_of_a_dataset_steer_nothing(form: str) -> None:
    """No control or bidirectional character of a dataset reaches the output."""
    output = render(hostile(), form)
    assert [c for c in output if not c.isprintable() and c not in "\n\u200c\u200d"] == []


@settings(deadline=None)
@given(st.text(st.characters() | st.sampled_from("`~*[]()<>|@#\\\n &"), max_size=30))
def test_words_stay_code_in_markdown(words: str) -> None:
    """In Markdown, words of a dataset are code: no link, image, tag, heading or table comes of them."""
    tokens = MarkdownIt("commonmark").enable(["strikethrough", "table"]).parse(render(hostile(words), "markdown"))
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "code_inline", "softbreak", "s_open", "s_close", "strong_open", "strong_close"}
    assert [t.tag for t in tokens if t.type == "heading_open"] == ["h2", "h3"]
    assert sum(t.type == "table_open" for t in tokens) == 1
    assert {t.type for t in tokens} & {"html_block", "fence", "code_block", "blockquote_open", "hr"} == set()


def test_markdown_is_bounded_and_counts_the_rest() -> None:
    """However many rows are named, the page fits, and says how many lines it leaves out."""
    page = render(hostile(rows=3000), "markdown")
    assert len(page) <= 60_000
    assert page.rstrip().endswith("more lines are left out: run `corpus diff`.")
    assert "| `claims` |" in page


def test_rest_is_counted_in_text() -> None:
    """Rows that are not named are counted."""
    assert "5 more changed" in render(hostile(), "text")


def test_json_is_read_back(committed: Path, copied: Path) -> None:
    """As JSON the differences come back whole, dates as text."""
    edit(copied, "claims", lambda rows: rows.filter(pc.field("voice") == "author"))
    found = json.loads(render(compare(committed, copied, 2), "json"))
    (table,) = found["tables"]
    assert found["is_different"]
    assert table["removed"] > 2 == len(table["removed_rows"])


@pytest.mark.parametrize("words", ["\ud800", "x" * 5000])
def test_values_are_shortened(words: str) -> None:
    """A value is a few words, however long."""
    assert max(map(len, render(hostile(words)).splitlines())) < 2000


def test_damaged_table_is_told(committed: Path, copied: Path) -> None:
    """A file that is no Parquet file is an error that names the table."""
    (copied / table_file("claims")).write_bytes(b"PAR1 rubbish PAR1")
    with pytest.raises(DamagedTableError, match="claims"):
        compare(committed, copied)


def test_damaged_bytes_are_told_or_compared(committed: Path, tmp_path: Path) -> None:
    """Whatever bytes of a file are changed, it is compared or told to be damaged, and nothing else happens."""
    whole = committed / table_file("quantities")
    damaged = tmp_path / "damaged.parquet"
    chance = random.Random(20)  # noqa: S311
    for _ in range(150):
        content = bytearray(whole.read_bytes())
        for _ in range(chance.choice([1, 2, 8])):
            content[-1 - chance.randrange(2500)] = chance.randrange(256)
        damaged.write_bytes(content)
        with suppress(DamagedTableError):
            compare_table("quantities", [whole], [damaged], 5)


@pytest.mark.parametrize("name", ["../articles", "a/b", "", "Ω"])
def test_manifest_leads_nowhere_else(name: str, committed: Path, copied: Path) -> None:
    """A name in a manifest is no path out of the dataset."""
    (copied / "manifest.json").write_text(json.dumps({"tables": {name: {}}}), "utf-8")
    with pytest.raises(DamagedTableError, match="no name of a table"):
        compare(committed, copied)


def test_folder_without_dataset(committed: Path, tmp_path: Path) -> None:
    """A folder that holds no dataset is an error."""
    with pytest.raises(MissingDatasetError):
        compare(committed, tmp_path)


@pytest.fixture
def repository(committed: Path, tmp_path: Path) -> Path:
    """A git repository with a dataset in its first commit and one claim less in its second."""
    root = tmp_path / "repository"
    folder = Path(shutil.copytree(committed, root / "built" / "dist"))
    who = ["-c", "user.name=Curator", "-c", "user.email=curator@example.org", "-c", "commit.gpgsign=false"]
    (folder / "data" / "claims" / "link.parquet").symlink_to("/etc/hostname")

    def git(*arguments: str) -> None:
        subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)

    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all", "--force")
    git("commit", "--quiet", "--message=first")
    (folder / "data" / "claims" / "link.parquet").unlink()
    edit(folder, "claims", lambda rows: rows.slice(1))
    git("commit", "--quiet", "--all", "--message=second")
    return root


def test_revisions(repository: Path, run: Run) -> None:
    """A revision is compared with a folder or another revision, from any folder, its links not followed."""
    environment = {"PYTHONPATH": str(Path(__file__).resolve().parent.parent), "PATH": "/usr/bin:/bin"}
    for cwd, old, new in (
        (repository, "HEAD~1:built/dist", "built/dist"),
        (repository, "main^:built/dist/", "HEAD:built/dist"),
        (repository / "built", "HEAD~1:./dist", "dist"),
    ):
        done = run("diff", old, new, "--exit-code", cwd=cwd, env=environment)
        assert (done.returncode, done.stderr) == (1, "")
        assert "0 added, 1 removed, 0 changed" in done.stdout
    assert run("diff", "HEAD:built/dist", "built/dist", "--exit-code", cwd=repository, env=environment).returncode == 0
    assert run("diff", "HEAD~1:built/dist", "built/dist", cwd=repository, env=environment).returncode == 0


@pytest.mark.parametrize(
    "place",
    [
        "--output=x:dist",
        "-x:dist",
        "HEAD --output=x:dist",
        "$(touch x):dist",
        "HEAD^{/.*}:dist",
        "no-such-branch:dist",
        "HEAD:no-such-folder",
        "HEAD:README.md",
        "HEAD:docs",
        ":dist",
        "HEAD:../..",
        "HEAD:",
        "no-such-folder",
    ],
)
def test_revisions_that_are_not_taken(place: str, run: Run) -> None:
    """What is no revision, no folder or no dataset is told in one line, and git takes none of it for an option."""
    done = run("diff", "--", place, "dist")

    assert done.returncode == 2
    assert done.stderr.startswith("corpus: ")
    assert len(done.stderr.splitlines()) == 1
    assert not Path("x").exists()
