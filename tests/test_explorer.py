"""The explorer's pages as files: the same every time, nothing unescaped, nothing lost, nothing overwritten."""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from corpus.errors import DamagedTableError, MissingDatasetError, NotAnExplorerError, TooManyArticlesError
from corpus.exploring import writing
from corpus.exploring.articles import article_ids, read_articles
from corpus.exploring.index import as_script_json
from corpus.exploring.library import open_library
from corpus.exploring.pieces import pieces_of, visible
from corpus.exploring.raw_bytes import Runs
from corpus.exploring.registers import about_dataset, anchor_of, read_registers
from corpus.exploring.writing import explore
from corpus.tables.files import table_file
from tests.explorer_samples import ODD_ID, hostile_dataset, many_articles

Run = Callable[..., subprocess.CompletedProcess[str]]
FORBIDDEN = ("src", "srcset", "action", "formaction", "style", "background", "ping", "xlink:href")
THIRD_PARTY = (("articles", "text"), ("claims", "text"), ("claims", "claimant_text"), ("sentences", "text"))


class Elements(HTMLParser):
    """The elements of a page with their attributes, its words, and what its scripts hold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def page(committed: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("explorer") / "explorer.html"
    explore(committed, out)
    return out.read_text("utf-8")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_dataset(tmp_path_factory.mktemp("hostile") / "dist")


def test_command_writes_beside_the_dataset(run: Run, copied: Path) -> None:
    """Without `--out` the page stands beside the dataset, which stays as it was."""
    result = run("explore", "--dist", copied)

    assert result.returncode == 0
    articles, claims = (pq.read_table(copied / table_file(name)).num_rows for name in ("articles", "claims"))
    assert f"{articles} articles, {claims} claims" in result.stdout
    assert (copied.parent / "explorer.html").is_file()
    assert run("verify", copied).returncode == 0


def test_same_bytes_every_time(committed: Path, page: str, tmp_path: Path) -> None:
    """Another run over the same tables gives the same bytes."""
    explore(committed, tmp_path / "again.html")

    assert (tmp_path / "again.html").read_text("utf-8") == page


def test_each_article_and_claim_has_its_place(page: str, committed: Path) -> None:
    """Ids of articles and claims are addresses in the page, each once."""
    ids = [attributes["id"] for _, attributes in Elements(page).elements if attributes.get("id")]
    wanted = [row for table, name in (("articles", "article_id"), ("claims", "claim_id"))
              for row in pq.read_table(committed / table_file(table))[name].to_pylist()]  # fmt: skip

    assert len(ids) == len(set(ids))
    assert set(wanted) <= set(ids)


def test_nothing_is_asked_for_and_nothing_runs_but_ours(page: str) -> None:
    """No element names a resource; the policy forbids all others; links lead to places in the page alone."""
    elements = Elements(page).elements
    policy = next(a["content"] for tag, a in elements if tag == "meta" and "http-equiv" in a)
    handlers = [a for _, a in elements if any(name.startswith("on") or name in FORBIDDEN for name in a)]

    assert policy and policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert handlers == []
    assert all((a["href"] or "").startswith("#") for tag, a in elements if tag == "a")
    assert [tag for tag, _ in elements if tag in ("link", "img", "iframe", "object", "base", "embed")] == []


def test_words_of_a_text_are_no_markup(hostile: Path, tmp_path: Path) -> None:
    """Whatever stands in any column, the page has the elements and attributes of the templates and no others."""
    explore(hostile, tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text("utf-8")
    parsed = Elements(text)
    scripts = [a for tag, a in parsed.elements if tag == "script"]

    assert not {"img", "b", "i"} & {tag for tag, _ in parsed.elements}
    assert all(a.get("type") == "application/json" for a in scripts[1:-1])
    assert not any(name.startswith("on") for _, a in parsed.elements for name in a)
    assert all((a["href"] or "").startswith("#") for tag, a in parsed.elements if tag == "a")
    assert not set(text) & set("\x00\x1b\u202e\u2066\u2028")


def test_ids_stay_in_their_folder(hostile: Path, tmp_path: Path) -> None:
    """An id that would leave the folder, or meet a name of the page, becomes a digest of itself."""
    explore(hostile, tmp_path / "out" / "pages")
    found = sorted(path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*.html"))

    assert len(found) == 4
    assert anchor_of(ODD_ID) != ODD_ID
    assert anchor_of("claims") != "claims"
    assert all(re.fullmatch(r"pages/(articles/)?[\w-]+\.html", path.as_posix()) for path in found)


def test_without_text_no_wording_is_left(committed: Path, tmp_path: Path) -> None:
    """With `--without-text` no sentence, claim or claimant is in the page beyond titles and evidence; offsets are."""
    explore(committed, tmp_path / "bare.html", with_text=False)
    bare = (tmp_path / "bare.html").read_text("utf-8")
    articles = pl.read_parquet(committed / table_file("articles"))
    kept = "\n".join(
        value for name in ("title", "source_evidence", "date_evidence") for value in articles[name].drop_nulls()
    )
    wordings = {
        line
        for table, column in THIRD_PARTY
        for value in pl.read_parquet(committed / table_file(table))[column].drop_nulls()
        for line in value.split("\n")
        if len(line) > 40 and line not in kept
    }

    assert len(wordings) > 500
    assert [line for line in wordings if line in bare or str(escape(line)) in bare] == []
    assert "002-01-c003" in bare
    assert "code points 293–460" in bare


def test_a_dataset_without_texts_is_shown(copied: Path, tmp_path: Path) -> None:
    """Tables that have lost their columns of wording still make a page."""
    for table, names in (("articles", ["text", "byline", "dateline"]), ("claims", ["text", "claimant_text"])):
        path = copied / table_file(table)
        pq.write_table(pq.read_table(path).drop_columns(names), path)

    written = explore(copied, tmp_path / "page.html")

    assert written.claims == pq.read_table(copied / table_file("claims")).num_rows
    assert "holds no texts" in (tmp_path / "page.html").read_text("utf-8")


def test_folder_has_a_page_for_each_article(committed: Path, tmp_path: Path) -> None:
    """A folder has the same articles, each on a page of its own, and is replaced by the next run."""
    (tmp_path / "pages").mkdir()
    explore(committed, tmp_path / "pages")
    (tmp_path / "pages" / "articles" / "old.html").write_text("")
    written = explore(committed, tmp_path / "pages")

    assert len(list((tmp_path / "pages" / "articles").iterdir())) == written.articles
    assert written.size == sum(path.stat().st_size for path in (tmp_path / "pages").rglob("*.html"))
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


@pytest.mark.parametrize("name", ["letter.html", "folder", "link.html"])
def test_nothing_else_is_overwritten(committed: Path, tmp_path: Path, name: str) -> None:
    """A file or folder that holds something else stays as it is."""
    place = tmp_path / name
    if name == "folder":
        place.mkdir()
        (place / "index.html").write_text("mine")
    elif name == "link.html":
        place.symlink_to(tmp_path / "elsewhere.html")
    else:
        place.write_text("mine")

    with pytest.raises(NotAnExplorerError):
        explore(committed, place)

    assert place.is_symlink() or "mine" in {p.read_text() for p in (place, place / "index.html") if p.is_file()}


def test_many_articles_come_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond what one search can hold there are parts, and one page is refused with what to do."""
    monkeypatch.setattr(writing, "MOST_IN_ONE_PART", 4)
    dist = many_articles(tmp_path / "dist", 9)
    written = explore(dist, tmp_path / "pages")
    top = (tmp_path / "pages" / "index.html").read_text("utf-8")

    assert (written.articles, written.claims, written.parts) == (9, 9, 3)
    assert len(list((tmp_path / "pages").glob("part-*/articles/*.html"))) == 9
    assert all(f'href="part-00{part}/index.html"' in top for part in (1, 2, 3))
    with pytest.raises(TooManyArticlesError, match="name a folder"):
        explore(dist, tmp_path / "one.html")


def test_more_than_a_page_of_articles_goes_into_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no place is named, many articles go into a folder."""
    monkeypatch.setattr(writing, "MOST_ON_ONE_PAGE", 3)

    assert explore(many_articles(tmp_path / "dist", 4)).place.is_dir()


def test_automatic_claims_say_what_they_are(committed: Path, tmp_path: Path) -> None:
    """Claims found by rule can be shown, and the page says that nobody has read them."""
    written = explore(committed, tmp_path / "page.html", marks="automatic")

    assert written.claims == pq.read_table(committed / table_file("claims_automatic")).num_rows
    assert "nobody has read them" in (tmp_path / "page.html").read_text("utf-8")


def test_several_files_make_one_table(copied: Path, tmp_path: Path, page: str) -> None:
    """A table in two files reads as one."""
    path = copied / table_file("claims")
    table = pq.read_table(path)
    pq.write_table(table.slice(0, 200), path.with_name("train-00000-of-00002.parquet"))
    pq.write_table(table.slice(200), path.with_name("train-00001-of-00002.parquet"))
    path.unlink()
    explore(copied, tmp_path / "page.html")

    assert (tmp_path / "page.html").read_text("utf-8") == page


def test_tables_alone_suffice(copied: Path, tmp_path: Path, page: str) -> None:
    """Where it is said what the dataset is, neither manifest nor card is needed: a build may write pages first."""
    about = about_dataset(copied)
    for name in ("manifest.json", "README.md"):
        (copied / name).unlink()
    explore(copied, tmp_path / "page.html", about=about)

    assert (tmp_path / "page.html").read_text("utf-8") == page


def test_damage_is_told(copied: Path, tmp_path: Path, run: Run) -> None:
    """No dataset, and a file that is none, are told in a sentence; nothing is written."""
    (copied / table_file("claims")).write_bytes(b"harvest")

    with pytest.raises(DamagedTableError):
        explore(copied, tmp_path / "page.html")
    with pytest.raises(MissingDatasetError):
        explore(tmp_path / "none", tmp_path / "page.html")
    result = run("explore", "--dist", copied, "--out", tmp_path / "page.html")
    assert (result.returncode, "Traceback" in result.stderr) == (1, False)
    assert not (tmp_path / "page.html").exists()


def test_bytes_of_claims_are_those_of_the_seed(committed: Path) -> None:
    """The bytes that the page names for a claim are, in the file as obtained, the claim's words."""
    with open_library(committed) as library:
        registers = read_registers(library, about_dataset(committed))
        articles = read_articles(library, article_ids(library), registers)
    checked = 0
    for article in articles:
        seed = article.seed
        assert seed is not None
        raw = next(Path("seeds").rglob(seed["file"])).read_bytes()
        for claim in article.claims:
            assert claim.bytes is not None
            found = raw[slice(*claim.bytes)].decode(seed["encoding"])
            assert "".join(" " if unicodedata.category(c) == "Zs" else c for c in found) == claim.row["text"]
            checked += 1

    assert checked == pq.read_table(committed / table_file("claims")).num_rows


def test_bytes_in_another_encoding() -> None:
    """In a seed that is not UTF-8, bytes are counted in its encoding, and each character brings its own."""
    row = {"char_start": 0, "char_end": 4, "raw_byte_start": 10, "raw_byte_end": 18, "action": "kept", "reason": None}
    runs = Runs([row], "Café", "utf-16-le")

    assert runs.byte_range(3, 4) == (16, 18)
    assert runs.as_json()[0][-1] == "4300 6100 6600 e900"
    assert runs.byte_range(3, 9) is None


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12))


@given(st.text(min_size=1, max_size=40), st.lists(SPANS, max_size=6), st.lists(SPANS, max_size=4))
def test_pieces_give_the_text_again(text: str, claims: list[tuple[int, int]], figures: list[tuple[int, int]]) -> None:
    """However marks lie upon one another, the pieces together are the paragraph, and each claim begins once."""
    places = sorted((start, start + length) for start, length in claims)
    roles = {f"{role}_{edge}": None for role in ("claimant", "cue", "via") for edge in ("start", "end")}
    rows = [{"char_start": one, "char_end": two, **roles, "cue_start": one, "cue_end": two + 2} for one, two in places]
    numbers = [{"char_start": start, "char_end": start + length} for start, length in figures]
    (pieces,) = pieces_of(text, [{"char_start": 0, "char_end": len(text)}], rows, numbers)

    assert "".join(bit.text for piece in pieces for bit in piece.bits) == text
    first = [piece.number for piece in pieces if piece.number and piece.is_first]
    assert len(first) == len(set(first))
    assert {piece.number for piece in pieces if piece.number} == set(first)
    assert all((bit.code is None) or len(bit.text) == 1 for piece in pieces for bit in piece.bits)


@given(st.text(max_size=60))
def test_odd_characters_are_shown_by_their_code(text: str) -> None:
    """What a page shows raw can neither steer the words around it nor end the page's markup early."""
    shown = "".join(run for run, code in visible(text) if code is None)

    assert not set(shown) & set("\x00\x1b\r\x85\u200b\u200e\u202e\u2028\u2066\ufeff\ufffe")
    assert "".join(run for run, _ in visible(text)) == text


@given(st.recursive(st.text(max_size=20), lambda inner: st.lists(inner, max_size=3), max_leaves=6))
def test_json_cannot_end_its_element(value: object) -> None:
    """JSON for a script element is the value again, and holds nothing that could end or change the element."""
    made = as_script_json(value)

    assert json.loads(made) == value
    assert not set(made) & set("<>&\u2028\u2029")
