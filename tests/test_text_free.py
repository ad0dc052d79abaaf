"""The text-free release: no sentence of a text is in it, and all that reads a dataset reads it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from text_free_samples import bytes_under, copies_of, dataset, declared, manifest_of

import corpus
from corpus.errors import InvalidCorpusError, NotADatasetError, TextFreeError
from corpus.tables.shapes import columns, text_free_columns
from corpus.textfree.hydrating import hydrate
from corpus.textfree.releasing import without_text
from corpus.textfree.restoring import left_out, offsets_of
from schemas import TABLES, release
from schemas.release import LARGEST_SHARE, LONGEST_TITLE, TEXT_FREE_TABLES

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]
_PLAIN = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚‹›", "'"), **dict.fromkeys("–—‑−", "-")})


@pytest.fixture(scope="session")
def released(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text-free release of the real dataset; read it, never write it."""
    return without_text(built, tmp_path_factory.mktemp("released") / "free").folder


def folded(text: str) -> str:
    """A text as a reader compares it: quotes, dashes, case and spaces apart. Not the fold of the program."""
    return " ".join(text.replace("…", "...").translate(_PLAIN).lower().split())


def decoded_values(folder: Path) -> Iterator[str]:
    """Every text in the Parquet files, the items of lists, and what the ledger's bytes say."""
    for path in folder.rglob("*.parquet"):
        table = pq.read_table(path)
        for name in table.column_names:
            for value in table[name].to_pylist():
                yield from [str(item) for item in (value if isinstance(value, list) else [value])]
                if name == "raw_hex" and value:
                    yield bytes.fromhex(value).decode("utf-8", "replace")


def sentences(dist: Path) -> list[str]:
    """The sentences of eight words or more, titles apart."""
    kinds = {row["paragraph_id"]: row["kind"] for row in pq.read_table(dist / "data" / "paragraphs").to_pylist()}
    rows = pq.read_table(dist / "data" / "sentences").to_pylist()
    long = [row["text"] for row in rows if kinds[row["paragraph_id"]] != "title" and len(row["text"].split()) >= 8]
    titles = {folded(title) for title in pq.read_table(dist / "data" / "articles")["title"].to_pylist() if title}
    return [text for text in long if folded(text) not in titles]


def leaks(folder: Path, wanted: list[str]) -> list[str]:
    """The sentences that stand in any file of a folder: as bytes, as hexadecimal, or in decoded values."""
    files = bytes_under(folder).values()
    pages = folded("\n".join(content.decode("utf-8", "replace") for content in files))
    values = folded("\n".join(decoded_values(folder)))
    found = [text for text in wanted if folded(text) in pages or folded(text) in values]
    hexes = [text for text in wanted if any(text.encode().hex().encode() in content.lower() for content in files)]
    in_values = [text for text in wanted if text.encode().hex() in values]
    return [*found, *hexes, *in_values]


def test_no_sentence_is_in_the_release(built: Path, released: Path) -> None:
    """No sentence of eight words or more is in any file, however its quotes, dashes, case and spaces are written."""
    wanted = sentences(built)

    assert len(wanted) > 300
    assert len(set(leaks(built, wanted))) == len(set(wanted))  # the search finds them where they are
    assert leaks(released, wanted) == []


def test_no_run_of_eight_words_of_a_body_is_in_a_value(built: Path, released: Path) -> None:
    """No value, and no line of a page, shares eight words in a row with a paragraph that is no title."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.casefold())
        return set(zip(*(words[at:] for at in range(8)), strict=False))

    paragraphs = pq.read_table(built / "data" / "paragraphs").to_pylist()
    titles = "\n".join(row["text"] for row in paragraphs if row["kind"] == "title")
    bodies = set().union(*(runs(row["text"]) for row in paragraphs if row["kind"] != "title")) - runs(titles)
    pages = [line for path in released.rglob("*.md") for line in path.read_text("utf-8").splitlines()]

    shared = [value for value in {*decoded_values(released), *pages} if runs(value) & bodies]

    assert shared == []


def test_titles_and_short_quotations_stay_within_the_bounds(released: Path) -> None:
    """Titles and names stay; the manifest states the bounds, and the share that was found is below its bound."""
    articles = corpus.load("articles", released, as_="arrow").to_pylist()
    bounds = manifest_of(released)["bounds"]

    assert isinstance(bounds, dict)
    assert sum(bool(row["title"]) for row in articles) == 11
    assert all(len(row["title"] or "") <= LONGEST_TITLE for row in articles)
    assert ["Wesam Bahrani"] in [row["authors"] for row in articles]
    assert 0 < bounds["share_found"] <= LARGEST_SHARE
    assert {row["byline"] for row in articles} <= {None, "[…]"}


def test_columns_of_texts_are_left_out() -> None:
    """Every column that carries texts is left out, and can be restored from offsets; the others are named."""
    for table in TABLES:
        of_texts = {column.name for column in columns(table) if column.third_party}
        stay = {column.name for column in text_free_columns(table) if column.third_party}
        assert set(left_out(table)) == of_texts - stay
        known = {column.name for column in text_free_columns(table)}
        assert all(set(offsets_of(table, column) or ()) <= known for column in left_out(table))
    assert {c.name for t in TABLES for c in text_free_columns(t) if c.third_party} == {
        *("title", "byline", "dateline", "section", "raw_hex")
    }


def test_release_is_whole_and_valid(built: Path, released: Path) -> None:
    """It says what it is, and `verify` and `validate` accept it."""
    manifest = manifest_of(released)

    assert manifest["text"] == "none"
    assert manifest["full_digest"] == manifest_of(built)["digest"] != manifest["digest"]
    assert set(manifest["tables"]) == {*TABLES, *TEXT_FREE_TABLES}  # type: ignore[call-overload]
    assert corpus.verify(released) == []
    assert corpus.validate(released) == []
    card = (released / "README.md").read_text("utf-8")
    assert "corpus hydrate" in card
    for page in ("README.md", "DATASHEET.md", "LICENSE.md"):
        assert "**Text-free release.**" in (released / page).read_text("utf-8")


def test_full_dataset_is_as_it_was(committed: Path, built: Path, released: Path) -> None:
    """Making the release changes nothing in the full dataset."""
    assert released.is_dir()
    for name, content in bytes_under(committed).items():
        if name.endswith(".parquet"):
            assert (built / name).read_bytes() == content
    assert corpus.verify(built) == []


def test_release_is_the_same_every_time(built: Path, released: Path, tmp_path: Path) -> None:
    """The same dataset gives the same bytes, also over an older release."""
    for _ in range(2):
        without_text(built, tmp_path / "again")
        assert bytes_under(tmp_path / "again") == bytes_under(released)


@pytest.mark.parametrize("table", ["articles", "claims", "paragraph_digests", "withheld"])
def test_others_load_it(table: str, released: Path, tmp_path: Path) -> None:
    """`datasets`, DuckDB and this package read the same rows."""
    from datasets import load_dataset

    given = load_dataset(str(released), table, split="train", cache_dir=str(tmp_path))
    own = corpus.load(table, released, as_="datasets")

    assert given.features == own.features
    assert given.to_list() == own.to_list()
    rows = duckdb.read_parquet(f"{released}/data/{table}/*.parquet").fetchall()
    assert len(rows) == given.num_rows > 0


def test_card_names_every_table_and_column(released: Path) -> None:
    """The card has the columns that are there, and no others."""
    card = (released / "README.md").read_text("utf-8")
    for table in (*TABLES, *TEXT_FREE_TABLES):
        section = card.split(f"### `{table}`\n")[1].split("###")[0]
        assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == [c.name for c in text_free_columns(table)]


def changed(folder: Path, table: str, column: str, value: int) -> None:
    """Write a table anew with another value in its first row."""
    (path,) = (folder / "data" / table).glob("*.parquet")
    rows = pq.read_table(path)
    values = [value, *rows[column].to_pylist()[1:]]
    at = rows.column_names.index(column)
    pq.write_table(
        rows.set_column(at, rows.schema.field(column), pa.array(values, rows.schema.field(column).type)), path
    )


@pytest.mark.parametrize(
    ("table", "column", "value", "code"),
    [
        ("claims", "char_end", 999_999, "span-outside"),
        ("sentences", "char_start", 999_998, "span-outside"),
        ("articles", "claim_count", 77, "rule-broken"),
        ("ledger", "raw_byte_end", 2, "ledger-gap"),
        ("withheld", "char_start", 999_999, "rule-broken"),
        ("figures", "comparator", None, "value-forbidden"),
    ],
)
def test_rules_that_need_no_text_hold(
    table: str, column: str, value: int, code: str, released: Path, tmp_path: Path
) -> None:
    """Without the texts, spans still nest, counts still agree and the ledger still tiles."""
    folder = Path(shutil.copytree(released, tmp_path / "free"))
    changed(folder, table, column, value)
    assert code in {finding.code for finding in corpus.validate(folder)}


def test_patch_with_a_word_is_found(released: Path, tmp_path: Path) -> None:
    """A patch can hold no letters: no text hides there."""
    folder = Path(shutil.copytree(released, tmp_path / "free"))
    (path,) = (folder / "data" / "patches").glob("*.parquet")
    rows = pq.read_table(path)
    words = pa.array(["Rents rose again."] * rows.num_rows)
    pq.write_table(rows.set_column(rows.column_names.index("original"), "original", words), path)
    assert {finding.code for finding in corpus.validate(folder)} == {"value-forbidden"}


def test_table_without_rows_is_not_published(tmp_path: Path) -> None:
    """A corpus whose texts are plain has no patches: no table of them is there, and all else works."""
    seeds = dataset(tmp_path).parent / "seeds"
    for path in seeds.rglob("*"):
        if path.suffix in (".txt", ".jsonl", ".toml"):
            path.write_text(path.read_text("utf-8").translate(_PLAIN), "utf-8", newline="\n")
    for toml in seeds.glob("*/source.toml"):
        text = next(toml.parent.glob("*.txt"))
        import hashlib

        digest = hashlib.sha256(text.read_bytes()).hexdigest()
        toml.write_text(re.sub(r'sha256 = "\w+"', f'sha256 = "{digest}"', toml.read_text("utf-8")), "utf-8")
    full = corpus.build(seeds, tmp_path / "plain", lock=None).folder
    free = without_text(full, tmp_path / "free").folder

    assert "patches" not in manifest_of(free)["tables"]  # type: ignore[operator]
    assert not (free / "data" / "patches").exists()
    assert corpus.validate(free) == []
    done = hydrate(free, copies_of(seeds, tmp_path / "copies"), tmp_path / "back")
    assert bytes_under(tmp_path / "back") == bytes_under(full)
    assert done.digest == manifest_of(full)["digest"]


LONG = "The growers of the whole Meadow valley met in the old boat house on Monday and talked about frost until late"


def with_long_words(title: str, note: str) -> dict[str, str]:
    """A seed whose record has that title, and an actor with that note."""
    text = json.dumps({"headline": title, "body": f"{LONG}.\nNobody wrote minutes."}) + "\n"
    rest = 'form = "jsonl"\n\n[fields]\ntext = "body"\ntitle = "headline"\n'
    actor = f'\n[[actor]]\nid = "boat-house"\nname = "Boat house"\nkind = "organisation"\nnote = "{note}"\n'
    actors = (Path("tests/faults/base") / "actors.toml").read_text("utf-8") + actor
    return {
        "400/talk.jsonl": text,
        "400/source.toml": declared("talk.jsonl", text, "records", rest),
        "actors.toml": actors,
    }


def test_long_quotation_is_masked_and_restored(tmp_path: Path) -> None:
    """A note that quotes a sentence is masked but for the words around it, in whatever table it stands."""
    files = with_long_words("Growers meet", f"It is told: ‘{LONG}’, and more.")
    full = dataset(tmp_path, files=files)
    free = without_text(full, tmp_path / "free").folder

    notes = corpus.load("actors", free)["note"].to_list()
    assert "It is told: ‘[…]’, and more." in notes
    hydrate(free, tmp_path / "seeds" / "400" / "talk.jsonl", tmp_path / "back", partial=True)
    assert corpus.load("actors", tmp_path / "back")["note"].to_list()[-1] == f"It is told: ‘{LONG}’, and more."


def test_long_title_that_is_in_no_text_is_refused(tmp_path: Path) -> None:
    """A title over the bound that could not be restored stops the release, and nothing is written."""
    full = dataset(tmp_path, files=with_long_words("Invented. " * 40, "None."))
    with pytest.raises(InvalidCorpusError) as caught:
        without_text(full, tmp_path / "free")
    assert [(found.code, found.record) for found in caught.value.findings] == [("words-published", "400-000001")]
    assert not (tmp_path / "free").exists()


def test_quotation_in_capitals_is_refused(tmp_path: Path) -> None:
    """A long quotation in other letters of case cannot be masked by slices of the article: it is refused."""
    full = dataset(tmp_path, files=with_long_words("Growers meet", LONG.upper()))
    with pytest.raises(InvalidCorpusError) as caught:
        without_text(full, tmp_path / "free")
    assert {found.code for found in caught.value.findings} == {"words-published"}


def test_many_short_quotations_are_masked(tmp_path: Path) -> None:
    """Quotations of seven words each that make up a large part of an article are masked, too."""
    words = [f"w{number}" for number in range(70)]
    text = f"{' '.join(words)}.\nNobody wrote minutes.\n"
    quoted = "; ".join(" ".join(words[at : at + 7]) for at in range(0, 70, 7))
    actor = f'\n[[actor]]\nid = "boat-house"\nname = "Boat house"\nkind = "organisation"\nnote = "{quoted}"\n'
    actors = (Path("tests/faults/base") / "actors.toml").read_text("utf-8") + actor
    rest = '\n[[article]]\nid = "400-01"\nbegins = "w0 w1"\n'
    files = {"400/w.txt": text, "400/source.toml": declared("w.txt", text, rest=rest), "actors.toml": actors}
    free = without_text(dataset(tmp_path, files=files), tmp_path / "free").folder
    assert re.search(r"w\d", corpus.load("actors", free)["note"].to_list()[-1]) is None


def test_only_full_datasets_are_released(released: Path, built: Path, tmp_path: Path) -> None:
    """A release is not released again, and nothing but a dataset is replaced."""
    with pytest.raises(TextFreeError):
        without_text(released, tmp_path / "free")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("Mine.")
    with pytest.raises(NotADatasetError):
        without_text(built, tmp_path / "letters")


def test_build_without_text(tmp_path: Path, run: Run) -> None:
    """`corpus build --without-text` writes the dataset, and its release beside it."""
    shutil.copytree("tests/faults/base", tmp_path / "seeds")
    done = run("build", "--without-text", "--seeds", tmp_path / "seeds", "--dist", tmp_path / "dist")
    assert done.returncode == 0, done.stderr
    assert "dist-text-free without texts" in done.stdout
    assert corpus.validate(tmp_path / "dist") == corpus.validate(tmp_path / "dist-text-free") == []
    refused = run("build", "--check", "--without-text")
    assert (refused.returncode, "--without-text" in refused.stderr) == (2, True)


def test_page_of_this_topic_runs(built: Path, tmp_path: Path) -> None:
    """The Python example of docs/text-free.md runs in a folder with dist/ and seeds/, and says what it should."""
    (snippet,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/text-free.md").read_text("utf-8"), re.DOTALL)
    for name, place in {"dist": built, "seeds": ROOT / "seeds"}.items():
        shutil.copytree(place, tmp_path / name)
    command = [sys.executable, "-c", snippet]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert done.stdout == f"{corpus.load('articles', built).height} 0 0 0 True\n", done.stderr


def test_page_of_this_topic_states_the_bounds() -> None:
    """docs/text-free.md has the bounds that hold."""
    page = (ROOT / "docs/text-free.md").read_text("utf-8")
    bounds = (
        f"at most {release.LONGEST_TITLE} code points",
        f"at most {release.LONGEST_RUN} words of an article in a row",
        f"runs of {release.SHORTEST_RUN} to {release.LONGEST_RUN} words",
        f"or {2 * release.SHORTEST_RUN + release.LONGEST_RUN} words",
        f"{release.LONGEST_DROPPED} words in {release.LONGEST_BYTES} code points",
        f"{release.MOST_BYTES} code points of a seed",
    )
    assert [words for words in bounds if words not in page] == []


@pytest.mark.parametrize(
    "command",
    [("show", "002-01", "--dist"), ("stats", "--dist"), ("evaluate",), ("evaluate", "--agreement")],
    ids=lambda command: " ".join(command[:2]),
)
def test_commands_that_need_texts_say_so(command: tuple[str, ...], released: Path, run: Run) -> None:
    """A command that needs the words says what to do, without a traceback."""
    done = run(*command, released)
    assert done.returncode == 2
    assert "corpus hydrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_articles_are_listed_without_texts(released: Path, run: Run) -> None:
    """`corpus show` lists the articles by their titles."""
    done = run("show", "--dist", released)
    assert (done.returncode, "002-01" in done.stdout) == (0, True)
