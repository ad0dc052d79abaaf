"""The explorer in a built dataset: which page stands there, that it is the same everywhere, and what lacks it."""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from text_free_samples import collection, copies_of, manifest_of

import corpus
from corpus.building import BuildReport, build, check
from corpus.errors import InsideDatasetError, MissingExtraError, PublicationRefusedError
from corpus.exploring import charts, standing
from corpus.exploring.writing import explore
from corpus.releasing.parcels import read_parcel
from corpus.releasing.publish import publish
from corpus.releasing.rights import columns_with_text
from corpus.tables.files import sha256_of, table_file, write_checksums, write_json
from corpus.textfree.hydrating import hydrate
from corpus.textfree.releasing import without_text

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]


def wanting(place: Path) -> Path:
    """Invented seeds whose dataset is to hold pages."""
    seeds = collection(place)
    (seeds / "dataset.toml").write_text(f"explorer = true\n{(seeds / 'dataset.toml').read_text('utf-8')}", "utf-8")
    return seeds


def built_from(seeds: Path) -> BuildReport:
    return build(seeds, seeds.parent / "dist", lock=None)


def pages_in(folder: Path) -> set[str]:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    return {"articles" if "/articles/" in name else name for name in names}


@pytest.fixture(scope="module")
def released(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text-free release of the real dataset; read it, never write it."""
    return without_text(built, tmp_path_factory.mktemp("released") / "free").folder


def test_the_page_is_that_of_the_command(built: Path, tmp_path: Path) -> None:
    """What a build writes is to the byte what `corpus explore` makes of the dataset."""
    explore(built, tmp_path / "page.html")

    assert (built / "explorer.html").read_bytes() == (tmp_path / "page.html").read_bytes()


def test_pages_are_declared(tmp_path: Path) -> None:
    """Without the key there is no page; with it, tables and content digest are the same, and the build tells."""
    with_page, without = built_from(wanting(tmp_path / "a")), built_from(collection(tmp_path / "b"))

    assert (pages_in(with_page.folder), pages_in(without.folder)) == ({"explorer.html"}, set())
    assert (with_page.explorer, without.explorer) == ("open explorer.html in a browser", "")
    assert with_page.digest == without.digest
    for path in (with_page.folder / "data").rglob("*.parquet"):
        assert path.read_bytes() == (without.folder / path.relative_to(with_page.folder)).read_bytes()


@pytest.mark.parametrize(
    ("most", "pages", "told"),
    [
        ((2, 2000), {"explorer/index.html", "articles"}, "open explorer/index.html in a browser"),
        ((1, 2), set(), "left out, since 3 articles are more than 2; `corpus explore` writes pages beside the dataset"),
    ],
    ids=["a folder", "none"],
)
def test_the_number_of_articles_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: tuple[int, int], pages: set[str], told: str
) -> None:
    """More articles than one page takes have a folder of pages; more than are searched together have none."""
    monkeypatch.setattr(standing, "MOST_ON_ONE_PAGE", most[0])
    monkeypatch.setattr(standing, "MOST_IN_ONE_PART", most[1])
    seeds = wanting(tmp_path)
    made = built_from(seeds)

    assert (pages_in(made.folder), made.explorer) == (pages, told)
    assert corpus.verify(made.folder) == corpus.validate(made.folder) == check(seeds, made.folder, lock=None) == []


def test_the_build_says_which_page_to_open(tmp_path: Path, run: Run) -> None:
    """The build's summary names the page; `--check` names a page that was changed."""
    seeds = wanting(tmp_path)
    done = run("build", "--seeds", seeds, "--dist", tmp_path / "dist")
    (tmp_path / "dist" / "explorer.html").write_text("changed")
    checked = run("build", "--check", "--seeds", seeds, "--dist", tmp_path / "dist")

    assert "explorer: open explorer.html in a browser" in done.stdout
    assert (checked.returncode, "dist/explorer.html" in checked.stdout) == (1, True)


def test_without_the_drawing_package_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that wants a page says what to install, and the dataset stays; one that wants none is built."""
    seeds = wanting(tmp_path)
    before = built_from(seeds).folder / "manifest.json"
    stood = before.stat().st_ino
    monkeypatch.setitem(sys.modules, "vl_convert", None)

    with pytest.raises(MissingExtraError, match=r"dataset\.toml needs .*vl-convert-python"):
        built_from(seeds)
    with pytest.raises(MissingExtraError, match="vl-convert-python"):
        explore(before.parent, tmp_path / "page.html")
    assert before.stat().st_ino == stood
    assert built_from(collection(tmp_path / "plain")).explorer == ""


def test_the_command_names_the_page_that_is_there(copied: Path, run: Run) -> None:
    """`corpus explore` writes no second copy of a page that came with the dataset, unless something else is wanted."""
    named = run("explore", "--dist", copied)
    assert (named.returncode, "explorer.html came with the dataset" in named.stdout) == (0, True)
    assert not (copied.parent / "explorer.html").exists()
    assert "436 claims" in run("explore", "--dist", copied, "--marks", "automatic").stdout
    (copied.parent / "explorer.html").unlink()
    (copied / "explorer.html").write_text("changed")
    assert "wrote" in run("explore", "--dist", copied).stdout
    assert (copied.parent / "explorer.html").is_file()


@pytest.mark.parametrize("out", ["explorer.html", "new.html", "data/pages", "../dist/pages"])
def test_nothing_is_written_into_a_finished_dataset(copied: Path, out: str) -> None:
    """A place in the dataset is refused: its checksums would no longer fit."""
    with pytest.raises(InsideDatasetError, match="explorer = true"):
        explore(copied, copied / out, with_text=False)
    assert corpus.verify(copied) == []


def test_a_text_free_release_has_no_page_and_hydration_brings_it_back(
    built: Path, released: Path, tmp_path: Path
) -> None:
    """The page shows the texts, so that a release without them lacks it; hydrated, it is there to the byte."""
    hydrate(released, copies_of(ROOT / "seeds", tmp_path / "copies"), tmp_path / "back")

    assert pages_in(released) == set()
    assert (tmp_path / "back" / "explorer.html").read_bytes() == (built / "explorer.html").read_bytes()
    assert corpus.verify(tmp_path / "back") == []


def test_a_part_of_a_dataset_has_no_page(tmp_path: Path) -> None:
    """Where copies are missing, no page is drawn of the rest: `corpus explore` can."""
    full = built_from(wanting(tmp_path)).folder
    free = without_text(full, tmp_path / "free").folder
    copies = copies_of(tmp_path / "seeds", tmp_path / "copies")
    next(path for path in sorted(copies.rglob("*")) if path.is_file()).unlink()
    part = hydrate(free, copies, tmp_path / "part", partial=True)

    assert (part.missing > 0, pages_in(full), pages_in(tmp_path / "part")) == (True, {"explorer.html"}, set())
    assert corpus.verify(tmp_path / "part") == []


def test_a_page_in_a_text_free_release_is_not_published(built: Path, released: Path, tmp_path: Path) -> None:
    """A page of the full dataset that was put into a release without texts counts as wording."""
    free = Path(shutil.copytree(released, tmp_path / "free"))
    assert columns_with_text(read_parcel(free)) == []
    shutil.copyfile(built / "explorer.html", free / "explorer.html")
    manifest = manifest_of(free)
    manifest["files"]["explorer.html"] = sha256_of(free / "explorer.html")
    write_json(free / "manifest.json", manifest)
    write_checksums(free)

    with pytest.raises(PublicationRefusedError) as refused:
        publish(str(tmp_path / "place"), free)
    assert "wording in explorer.html" in refused.value.findings[0].found


@pytest.mark.parametrize("marks", ["curated", "automatic"])
def test_a_text_free_release_is_explored(released: Path, tmp_path: Path, marks: str) -> None:
    """Without texts a page says what it lacks, and does not say of a speaker whom the text names that none is named."""
    out = tmp_path / "page.html"
    explore(released, out, marks=marks)
    page = out.read_text("utf-8")
    rows = pq.read_table(released / table_file("claims" if marks == "curated" else "claims_automatic")).to_pylist()
    reported = [row for row in rows if row["voice"] == "reported" and row["actor_id"] is None]
    shown = re.sub(r"(?s)<script.*?</script>", "", page)

    assert "<h1>Gaza Press Claims 0.2.0</h1>" in page
    assert "This page holds no texts" in page
    assert "Bytes behind the selection" not in page
    unnamed = sum(row["claimant_start"] is None for row in reported)
    assert shown.count("speaker not named") >= unnamed
    assert shown.count("speaker whom only the text names") >= len(reported) - unnamed > 0


# Words of very different widths, and numbers that leave no room for one another.
_WIDE, _NARROW = "W" * 34, "i"
_DAYS = {"first": "2024-01-01", "last": "2024-03-01", "middle": "2024-02-01"}
_HUGE = {"value": 123456789012.5, "low": 0.0, "high": 2e11, "shape": "circle", "colour": "#000", "open": True}


def _drawings() -> Iterator[str]:
    names = (_WIDE, _NARROW, "Rents")
    yield charts.bars([{"row": r, "part": "a", "count": 123456789} for r in names], {"a": 0}, "claims")
    yield charts.matrix([{"row": r, "column": c, "count": 10**6} for r in names for c in names], names, names)
    yield charts.spans([{"row": r, "shape": "circle", **_DAYS} for r in names], names)
    yield charts.figures([{**_DAYS, **_HUGE}])


def _width_of_words(font: str) -> str:
    """The width of a drawing that is as wide as its words, unlike those of the explorer."""
    import vl_convert

    bar = {"data": {"values": [{"a": "Wiiim", "b": 3}]}, "mark": "bar", "config": {"font": font}}
    encoding = {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a", "type": "nominal"}}
    found = re.search(r'width="(\d+)', vl_convert.vegalite_to_svg({**bar, "encoding": encoding}, vl_version="6.4"))
    assert found
    return found[1]


def test_no_drawing_depends_on_the_width_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a font of another width nothing in a drawing has another place; the width is measured otherwise, though."""
    seen, widths = set(), set()
    for font in ("sans-serif", "monospace", "Liberation Mono", "no such font"):
        widths.add(_width_of_words(font))
        monkeypatch.setitem(charts._CONFIG, "font", font)
        seen.add(tuple(drawing.replace(f'font-family="{font}"', "") for drawing in _drawings()))

    assert len(widths) > 1
    assert len(seen) == 1


_OTHERWISE = {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "LANG": "ar", "PYTHONHASHSEED": "7", "LANGUAGE": "ar"}
_EXPLORE = "import sys; from corpus.exploring.writing import explore; explore(*sys.argv[1:])"


def _page_elsewhere(built: Path, place: Path, *before: str, **environment: str) -> bytes:
    """The page as another process draws it, in another folder, from a copy of the dataset."""
    moved = Path(shutil.copytree(built, place / "moved here" / "dist"))
    command = [*before, sys.executable, "-c", _EXPLORE, str(moved), str(place / "page.html")]
    own = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(place), **environment}
    subprocess.run(command, check=True, capture_output=True, env=own, cwd=place)
    return (place / "page.html").read_bytes()


def test_the_same_bytes_in_other_surroundings(built: Path, tmp_path: Path) -> None:
    """Another locale, time zone, order of sets, home and folder give the same page."""
    assert _page_elsewhere(built, tmp_path, **_OTHERWISE) == (built / "explorer.html").read_bytes()


def _as_arial(font: bytes) -> bytes:
    """A font that calls itself Arial, the one that is taken for `sans-serif` where it is installed."""
    made = bytearray(font)
    listed = (made[at : at + 16] for at in range(12, 12 + 16 * font[5], 16))
    start = next(struct.unpack(">L", table[8:12])[0] for table in listed if table[:4] == b"name")
    count, words = struct.unpack(">HH", made[start + 2 : start + 6])
    for record in range(start + 6, start + 6 + 12 * count, 12):
        platform, _, _, kind, length, offset = struct.unpack(">6H", made[record : record + 12])
        name = {1: "Arial", 2: "Regular", 4: "Arial", 6: "Arial", 16: "Arial"}.get(kind, "")
        written = name.encode("latin-1" if platform == 1 else "utf-16-be")
        if name and len(written) <= length:
            made[start + words + offset : start + words + offset + len(written)] = written
            made[record + 8 : record + 10] = struct.pack(">H", len(written))
    return bytes(made)


def test_the_same_bytes_with_another_font(built: Path, tmp_path: Path) -> None:
    """Where a font is installed that changes how wide words are measured, the page is the same."""
    there = sorted(Path("/usr/share/fonts").rglob("*Mono.ttf")) + sorted(Path("/usr/share/fonts").rglob("*Mono*.ttf"))
    if not there or not sys.platform.startswith("linux"):
        pytest.skip("there is no font to give another name")
    for place in (".fonts", ".local/share/fonts"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "arial.ttf").write_bytes(_as_arial(there[0].read_bytes()))
    measured = "from tests.test_explorer_dist import _width_of_words as width; print(width('sans-serif'))"
    own = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    command = [sys.executable, "-c", measured]
    widths = {
        subprocess.run(command, check=True, capture_output=True, env={**own, "HOME": home}).stdout
        for home in (str(tmp_path), str(tmp_path / "none"))
    }
    if len(widths) == 1:
        pytest.skip("an Arial of this machine goes before the one of a home")

    assert _page_elsewhere(built, tmp_path) == (built / "explorer.html").read_bytes()


def test_the_same_bytes_without_any_font(built: Path, tmp_path: Path) -> None:
    """On a machine without fonts the page is the same: folders of fonts are hidden behind empty ones."""
    hidden = [path for path in ("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts") if Path(path).is_dir()]
    empty = " && ".join(["true", *(f"mount -t tmpfs none {path}" for path in hidden)])
    alone = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", f'{empty} && exec "$@"', "sh"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody hide folders")

    assert _page_elsewhere(built, tmp_path, *alone) == (built / "explorer.html").read_bytes()


def test_declared_in_the_project(committed: Path) -> None:
    """The page of the project's own dataset is listed with its digest."""
    listed = json.loads((committed / "manifest.json").read_text("utf-8"))["files"]

    assert listed["explorer.html"] == sha256_of(committed / "explorer.html")
