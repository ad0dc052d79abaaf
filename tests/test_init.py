"""`corpus init`: an empty folder becomes a repository that builds and validates at once."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import site
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from corpus.building import build, check
from corpus.cli import app
from corpus.errors import CorpusError, FolderInUseError, UnfitProgramError, UnfitWishError
from corpus.extracting.lexicon import read_lexicon
from corpus.findings import Finding
from corpus.loading import validate
from corpus.names import PROGRAM
from corpus.pages.datasheet import checklist
from corpus.scaffolding.wanted import SAMPLES
from corpus.scaffolding.writing import NewRepository, init
from corpus.seeds.reading import read_collection
from tests.test_workflows import BIN, LINTERS

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]
VERSION = "0.2.0"


def built_in(folder: Path) -> tuple[Path, list[Finding]]:
    """The dataset that the seeds of a new repository give, and all that is found in both."""
    dist = build(folder / "seeds", folder / "dist", lock=None).folder
    return dist, [*validate(folder / "seeds"), *validate(dist)]


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# the two commands, for real


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this program, built with what is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--no-deps"]
    command += ["--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python whose new environments find the packages installed here, but not this program: nothing is downloaded."""
    folder = tmp_path_factory.mktemp("python")
    packages = folder / "packages"
    packages.mkdir()
    for place in site.getsitepackages():
        for entry in Path(place).iterdir():
            ours = re.match(r"_?_editable|gaza_press_claims|corpus$|schemas$|pip(-|$)|.*\.pth$", entry.name)
            if not ours and not (packages / entry.name).exists():
                (packages / entry.name).symlink_to(entry)
    script = folder / "python"
    script.write_text(
        f'#!/bin/sh\nset -e\n"{sys.executable}" "$@"\n'
        'test "$1 $2" = "-m venv" || exit 0\n'
        "for folder; do :; done\n"  # the last argument
        f'for place in "$folder"/lib/python*/site-packages; do echo "{packages}" > "$place/packages.pth"; done\n'
    )
    script.chmod(0o755)
    return script


def made_by(target: str, folder: Path, python: Path) -> subprocess.CompletedProcess[str]:
    """`make TARGET` in a repository, with no index of packages and nothing of the checkout."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL", "MAKE"))
    }
    environment |= {"PIP_NO_INDEX": "1", "PIP_NO_INPUT": "1"}
    command = ["make", target, f"PYTHON={python}"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_two_commands_in_an_empty_folder(wheel: Path, python: Path, run: Run, tmp_path: Path) -> None:
    """With the wheel, an empty folder becomes a repository whose `make build` and `make test` pass."""
    folder = tmp_path / "quay-notes"
    folder.mkdir()
    done = run(
        "init", ".", "--language", "es", "--program", wheel, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "make build && make test" in done.stdout

    built = made_by("build", folder, python)
    assert built.returncode == 0, built.stdout + built.stderr
    where = [folder / ".venv/bin/python", "-I", "-c", "import corpus; print(corpus.__file__)"]
    assert str(folder / ".venv") in subprocess.run(where, capture_output=True, text=True, check=True).stdout
    tested = made_by("test", folder, python)
    assert tested.returncode == 0, tested.stdout + tested.stderr
    assert "seeds, dist: valid" in tested.stdout
    assert "to the byte" in tested.stdout
    assert "is whole" in tested.stdout

    lock = (folder / "requirements.lock").read_text("utf-8")
    assert re.search(r"^pyarrow==\d", lock, re.MULTILINE)
    assert not re.search(rf"{PROGRAM}|file:|https?:|/", lock)
    assert json.loads((folder / "dist/manifest.json").read_text("utf-8"))["lock_sha256"]
    _test_clone(folder, tmp_path / "clone")


def test_tests_need_a_dataset(python: Path, tmp_path: Path) -> None:
    """`make test` before `make build` says what to do first, and sets nothing up."""
    folder = init(tmp_path / "notes", program_said=VERSION).folder
    done = made_by("test", folder, python)
    assert done.returncode == 2
    assert "there is no dataset in dist/ yet: make build makes it" in done.stderr
    assert not (folder / ".venv").exists()


def _test_clone(folder: Path, clone: Path) -> None:
    """What is committed is all that a clone needs: the same bytes, even where git changes line ends, and the lock."""
    who = ["-c", "user.name=Curator", "-c", "user.email=curator@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message=Begin"]):
        subprocess.run(["git", *who, *command], cwd=folder, check=True, capture_output=True)
    subprocess.run(
        ["git", "-c", "core.autocrlf=true", "clone", "--quiet", folder, clone], check=True, capture_output=True
    )
    files = {name: data for name, data in content(clone).items() if not name.startswith(".git/")}
    assert {"requirements.lock", "dist/manifest.json", "DATASHEET.md"} <= files.keys()
    assert any(name.startswith("program/") for name in files)
    built = [name for name in files if name.startswith(("seeds/", "dist/"))]
    for name in [*built, "DATASHEET.md", "CITATION.cff", ".zenodo.json", "requirements.lock"]:
        assert files[name] == (folder / name).read_bytes(), name
    shown = subprocess.run(["make", "--dry-run", "test"], cwd=clone, capture_output=True, text=True, check=True)
    assert "--constraint requirements.lock --requirement requirements.txt" in shown.stdout


# what is written


@pytest.mark.parametrize("language", [*SAMPLES, "en-GB", "fr"])
def test_repository_is_valid_at_once(language: str, tmp_path: Path) -> None:
    """Nothing is found in a new repository, its dataset is whole, and all its spans are those of its text."""
    made = init(tmp_path / "harbour-notes", language=language, program_said=VERSION)
    dist, findings = built_in(made.folder)
    assert findings == []
    assert check(made.folder / "seeds", dist, lock=None) == []

    import polars as pl

    texts = dict(pl.read_parquet(dist / "data/articles/*.parquet").select("article_id", "text").iter_rows())
    claims = pl.read_parquet(dist / "data/claims/*.parquet").to_dicts()
    figures = pl.read_parquet(dist / "data/figures/*.parquet").to_dicts()
    assert (len(texts), len(claims), len(figures)) == (1, 5, 4)
    for row in (*claims, *figures):
        assert texts[row["article_id"]][row["char_start"] : row["char_end"]] == row["text"]
    own = language.partition("-")[0] in SAMPLES
    declared = tomllib.loads((made.folder / "seeds/000/source.toml").read_text("utf-8"))["language"]
    assert declared == (language if own else "en")
    assert tomllib.loads((made.folder / "seeds/dataset.toml").read_text("utf-8"))["languages"] == (
        [language] if own else [language, "en"]
    )


def test_a_language_without_example_is_said(run: Run, tmp_path: Path) -> None:
    """For a language without a sample article the English one is taken, and the command says so."""
    done = run("init", tmp_path / "notes", "--language", "fr", "--program", VERSION)
    assert done.returncode == 0
    assert "There is no example in fr: it is in English, and declared so" in done.stdout


def test_every_question_is_answered(tmp_path: Path) -> None:
    """The datasheet has each question of the checklist, in its order; what nobody wrote down is not known."""
    folder = init(tmp_path / "notes", program_said=VERSION).folder
    answers = tomllib.loads((folder / "seeds/datasheet.toml").read_text("utf-8"))["answer"]
    assert [answer["question"] for answer in answers] == [question.id for question in checklist()[1]]
    assert {answer["status"] for answer in answers} == {"answered", "unknown"}


def test_topics_of_the_rules_are_named(tmp_path: Path) -> None:
    """The comment in vocabulary.toml names the topics that the rules know words for."""
    text = (init(tmp_path / "notes", program_said=VERSION).folder / "seeds/vocabulary.toml").read_text("utf-8")
    named = re.search(r"English words for (.*?):", text.replace("\n#", ""), re.DOTALL)
    assert named
    assert re.findall(r"\w+", named[1].replace(" and ", " ")) == list(read_lexicon("labels")["topics"])


def test_files_say_what_to_write(tmp_path: Path) -> None:
    """Every file of seeds/ that people fill in opens with what stands in it; links lead to files."""
    folder = init(tmp_path / "notes", title="Harbour notes", program_said=VERSION).folder
    for path in folder.rglob("*.toml"):
        assert path.read_text("utf-8").startswith("# "), path.name
    for page in folder.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#:\s]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
    readme = (folder / "README.md").read_text("utf-8")
    for name in re.findall(r"^\| `(seeds/[\w./]+)`", readme, re.MULTILINE):
        assert (folder / name).exists(), name
    assert readme.startswith("# Harbour notes\n")


def test_nothing_of_this_corpus_or_machine_is_written(tmp_path: Path) -> None:
    """A new repository names neither this corpus, nor a machine's paths, nor an index of packages."""
    files = content(init(tmp_path / "notes", title="Notes", program_said=VERSION).folder)
    text = b"\n".join(files.values()).decode()
    assert not re.search("gaza|israel|palestin", text.replace(PROGRAM, ""), re.IGNORECASE)
    assert str(tmp_path) not in text
    assert not re.search("pypi|simple/|index-url", text)


OURS = {name: linter for name, linter in LINTERS.items() if ".pre-commit-hooks.yaml" not in linter}  # hooks for others


@pytest.mark.parametrize("linter", OURS.values(), ids=OURS.keys())
def test_workflow_and_hooks_are_linted(linter: list[str | Path], tmp_path: Path) -> None:
    """The linters of this repository's workflows find nothing in those of a new one."""
    folder = init(tmp_path / "notes", program_said=VERSION).folder
    workflow = ".github/workflows/check.yml"
    options = [option for option in linter[1:] if not isinstance(option, Path)]
    if any(isinstance(option, Path) for option in linter):
        options.append(workflow)
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path), "NO_COLOR": "1"}
    done = subprocess.run(
        [BIN / linter[0], *options], capture_output=True, text=True, cwd=folder, env=environment, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ours = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text("utf-8"))
    theirs = yaml.safe_load((folder / workflow).read_text("utf-8"))
    pinned = {step["uses"] for step in ours["jobs"]["test"]["steps"] if "uses" in step}
    assert {step["uses"] for step in theirs["jobs"]["check"]["steps"] if "uses" in step} == pinned
    assert theirs["permissions"] == {"contents": "read"}


# titles, names, languages


ODD = [
    '"""',
    "'''",
    "a\\",
    '\\"',
    "\\u0041",
    "# no comment",
    "{{ facts.rows }}",
    "{% raw %}",
    "two\nlines",
    "---",
    "[x]: y",
]
TITLES = st.text(st.characters(exclude_categories=()), min_size=1, max_size=60) | st.lists(
    st.sampled_from([*ODD, "مرفأ", "港", "👩‍🌾 é", "\u2028", "\x7f"]), min_size=1, max_size=4
).map(" ".join)


def accepted(title: str, folder: Path) -> NewRepository | None:
    """A repository with that title; None where it is refused, and then nothing is written."""
    try:
        return init(folder, title=title, program_said=VERSION)
    except UnfitWishError:
        assert not folder.exists()
        return None


@settings(max_examples=50, deadline=None)
@given(title=TITLES)
def test_titles_stand_as_given(title: str) -> None:
    """A title is refused, or read back from the seeds as it was given, with white space folded."""
    with tempfile.TemporaryDirectory() as place:
        if accepted(title, Path(place) / "notes"):
            collection, findings = read_collection(Path(place) / "notes/seeds")
            assert findings == []
            assert collection.dataset
            assert collection.dataset.title == " ".join(title.split())


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=TITLES)
@example(" ".join(ODD))
def test_every_accepted_title_builds(title: str) -> None:
    """With a title that is accepted the corpus builds, nothing is found, and descriptions have the title."""
    with tempfile.TemporaryDirectory() as place:
        made = accepted(title, Path(place) / "notes")
        if made:
            dist, findings = built_in(made.folder)
            assert findings == []
            described = json.loads((dist / "croissant.json").read_text("utf-8"))
            cited = yaml.safe_load((dist / "CITATION.cff").read_text("utf-8"))
            assert described["name"] == cited["title"] == made.wanted.title


@pytest.mark.parametrize("title", ['A "quoted" \\title', "two\nlines", "港の記録", "{{ facts.rows }} {% raw %}", "'''"])
def test_usual_odd_titles_are_accepted(title: str, tmp_path: Path) -> None:
    """Quotation marks, backslashes, line ends, braces and other scripts are no reason to refuse a title."""
    assert init(tmp_path / "notes", title=title, program_said=VERSION).wanted.title == " ".join(title.split())


@pytest.mark.parametrize(
    "options",
    [
        ["--title", " "],
        ["--title", "TODO later"],
        ["--title", "bell\a"],
        ["--title", "turned\u202eround"],
        ["--title", "x" * 201],
        ["--name", "Harbour Notes"],
        ["--name", "../up"],
        ["--language", "English please"],
        ["--creator", ""],
        ["--program", "no-such-file.whl"],
        ["--program", "0.2.0; rm -rf ."],
        ["--program", "0.2.0\n--index-url x"],
        ["--program", "."],
    ],
)
def test_unfit_wishes_are_refused(options: list[str], run: Run, tmp_path: Path) -> None:
    """What cannot be is refused as wrong usage, in a line that says what to give, and nothing is written."""
    done = run("init", tmp_path / "notes", *options, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 2
    assert re.search(r"^corpus: --\w+ .*: give .+\n\Z", done.stderr)
    assert list(tmp_path.iterdir()) == []


def test_folder_gives_title_and_name(tmp_path: Path) -> None:
    """Where nothing is said, title and name come from the folder."""
    made = init(tmp_path / "Puerto_Claro 2024", program_said=VERSION)
    assert (made.wanted.title, made.wanted.name) == ("Puerto Claro 2024", "puerto-claro-2024")


# where it is written


@pytest.mark.parametrize("what", ["notes.txt", "seeds/", ".hidden", "requirements.txt"])
def test_used_folder_is_refused(what: str, run: Run, tmp_path: Path) -> None:
    """A folder that holds anything is left as it is; the message names what is in the way."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / what).mkdir() if what.endswith("/") else (folder / what).write_text("mine")
    before = content(tmp_path)
    done = run("init", folder, "--program", VERSION)
    assert done.returncode == 2
    assert what.rstrip("/") in done.stderr
    assert content(tmp_path) == before


def test_history_stays(tmp_path: Path) -> None:
    """A folder with a history and an environment is filled, and these stay as they are."""
    for name in (".git/HEAD", ".venv/pyvenv.cfg"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text("as it was")
    init(tmp_path, program_said=VERSION)
    assert (tmp_path / ".git/HEAD").read_text() == (tmp_path / ".venv/pyvenv.cfg").read_text() == "as it was"
    assert (tmp_path / "seeds/dataset.toml").is_file()
    with pytest.raises(FolderInUseError):
        init(tmp_path, program_said=VERSION)


def test_file_or_broken_link_is_refused(tmp_path: Path) -> None:
    """What is no folder is refused."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("file", "link"):
        with pytest.raises(FolderInUseError):
            init(tmp_path / name, program_said=VERSION)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to the superuser")
def test_closed_folder_stays_as_it_is(tmp_path: Path) -> None:
    """Where nothing can be written, nothing is."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    with pytest.raises(OSError, match="closed"):
        init(folder, program_said=VERSION)
    assert list(folder.iterdir()) == []


def test_what_cannot_be_moved_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fails half-way, the folder holds what it held before."""
    (tmp_path / ".git").mkdir()
    rename, calls = Path.rename, []

    def failing(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 5:
            raise OSError(28, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="No space left"):
        init(tmp_path, program_said=VERSION)
    assert [path.name for path in tmp_path.iterdir()] == [".git"]


# the program


def fake_wheel(folder: Path, name: str = "gaza_press_claims-9.9.9-py3-none-any.whl", called: str = PROGRAM) -> Path:
    """A wheel with metadata and nothing else."""
    folder.mkdir(exist_ok=True, parents=True)
    with zipfile.ZipFile(folder / name, "w") as archive:
        archive.writestr("x-9.9.9.dist-info/METADATA", f"Metadata-Version: 2.4\nName: {called}\nVersion: 9.9.9\n\n")
    return folder / name


def requirement(folder: Path) -> str:
    return (folder / "requirements.txt").read_text("utf-8").splitlines()[-1]


def test_wheel_from_elsewhere_is_copied(tmp_path: Path) -> None:
    """A wheel is put into the repository, and named by its path there."""
    wheel = fake_wheel(tmp_path / "elsewhere")
    folder = init(tmp_path / "notes", program_said=str(wheel)).folder
    assert requirement(folder) == f"./program/{wheel.name}"
    assert (folder / "program" / wheel.name).read_bytes() == wheel.read_bytes()


def test_wheel_inside_stays(tmp_path: Path) -> None:
    """A wheel that lies in the folder already is no obstacle, and is named where it is."""
    wheel = fake_wheel(tmp_path / "notes" / "wheels")
    folder = init(tmp_path / "notes", program_said=str(wheel)).folder
    assert requirement(folder) == f"./wheels/{wheel.name}"
    assert not (folder / "program").exists()


def test_version_and_source(tmp_path: Path) -> None:
    """A version is pinned; a folder of the program's source is named by the way to it, with what that means."""
    assert requirement(init(tmp_path / "one", program_said="1.4.0rc1").folder) == f"{PROGRAM}==1.4.0rc1"
    source = tmp_path / "source"
    source.mkdir()
    (source / "pyproject.toml").write_text(f'[project]\nname = "{PROGRAM}"\n')
    made = init(tmp_path / "two", program_said=str(source))
    assert requirement(made.folder) == "../source"
    assert "need a wheel or a version" in made.program.note


@pytest.mark.parametrize(
    "damage",
    ["other", "renamed", "no zip", "no metadata"],
)
def test_wheels_of_others_are_refused(damage: str, tmp_path: Path) -> None:
    """A wheel of something else, or a broken one, is refused before anything is written."""
    wheel = fake_wheel(tmp_path / "elsewhere", called="harvest" if damage == "other" else PROGRAM)
    if damage == "renamed":
        wheel = wheel.rename(wheel.with_name("gaza_press_claims-9 (1).whl"))
    elif damage == "no zip":
        wheel.write_bytes(b"no archive")
    elif damage == "no metadata":
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("corpus/__init__.py", "")
    with pytest.raises(UnfitProgramError):
        init(tmp_path / "notes", program_said=str(wheel))
    assert not (tmp_path / "notes").exists()


def command(*arguments: str) -> Result:
    """`corpus` with these arguments, in this process: it starts once."""
    return CliRunner().invoke(app, arguments)


def fill_in(seed: Path) -> None:
    """What the page says to write into the blanks, and into the suggestions."""
    source, suggested = seed / "source.toml", seed / "suggestions.jsonl"
    source.write_text(re.sub(r'"TODO[^"]*"', '"Invented."', source.read_text("utf-8")), "utf-8")
    suggested.write_text(suggested.read_text("utf-8").replace('"open"', '"accept"'), "utf-8")


def test_ten_minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/own-corpus.md, step by step: every command of it passes, and what it says in between is so."""
    page = (ROOT / "docs/own-corpus.md").read_text("utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "git"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "git").write_text("[user]\nname = Curator\nemail = curator@example.org\n")
    done = []
    for line in "".join(re.findall(r"```sh\n(.*?)```", page, re.DOTALL)).splitlines():
        name, *arguments = shlex.split(line)
        if name == "cd":
            monkeypatch.chdir(arguments[0])
        elif name == "git":
            subprocess.run([name, *arguments], check=True, capture_output=True)
        elif name == "make":  # for real above
            assert re.search(rf"^{arguments[0]}:", Path("Makefile").read_text("utf-8"), re.MULTILINE)
            if arguments == ["build"]:
                assert command("build").exit_code == 0
        else:
            if arguments[0] == "add":
                letter = re.search(r"```text\n(.*?)```", page, re.DOTALL)
                assert letter
                Path("letter.txt").write_text(letter[1], "utf-8")
            elif arguments[0] == "suggest":
                refused = command("build")
                assert (refused.exit_code, "blank-open" in refused.stdout) == (1, True)
                fill_in(Path("seeds/001"))
            ran = command(*arguments)
            assert ran.exit_code == 0, ran.output
            done.append(arguments[0])
    assert done == ["init", "add", "suggest", "show"]
    shutil.rmtree("seeds/000")
    assert command("build").exit_code == 0
    assert command("validate", "seeds", "dist").stdout == "seeds, dist: valid\n"


def test_contributing_is_true(tmp_path: Path) -> None:
    """The commands that CONTRIBUTING.md names are commands, the outlet in its example is the sample's."""
    for language in SAMPLES:
        folder = init(tmp_path / language, language=language, program_said=VERSION).folder
        page = (folder / "CONTRIBUTING.md").read_text("utf-8")
        known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
        assert {name.rstrip("_") for name in re.findall(r"`?corpus (\w+)", page)} <= {
            name.rstrip("_") for name in known
        }
        outlet = re.search(r"--outlet ([\w-]+)", page)
        assert outlet
        assert f'id = "{outlet[1]}"' in (folder / "seeds/sources.toml").read_text("utf-8")


def test_all_errors_of_init_are_usage() -> None:
    """What init refuses is wrong usage."""
    assert {error.exit_status for error in (FolderInUseError, UnfitProgramError, UnfitWishError)} == {2}
    assert all(issubclass(error, CorpusError) for error in (FolderInUseError, UnfitProgramError, UnfitWishError))
