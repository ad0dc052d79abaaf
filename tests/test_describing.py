"""Descriptions for programs: read back by the usual libraries, held by our own checks, in agreement with each other."""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus
from corpus.building import build
from corpus.describing.checking import check_descriptions
from corpus.describing.croissant import check_croissant, render_croissant
from corpus.describing.datapackage import check_datapackage, render_datapackage
from corpus.describing.published import published_tables
from corpus.describing.responsible_ai import PROPERTIES, QUESTIONS
from corpus.describing.shapes import differences
from corpus.findings import Finding
from corpus.names import CITATION, CROISSANT, DATA_PACKAGE, PROVENANCE, ZENODO
from corpus.seeds.reading import read_collection
from corpus.tables.files import sha256_of, table_file, write_checksums
from corpus.tables.shapes import columns, key_of
from corpus.validating import validate_dataset
from schemas import TABLES

ROOT = Path(__file__).resolve().parent.parent
BASE = ROOT / "tests" / "faults" / "base"
CLAIMS = table_file("claims")
Run = Callable[..., subprocess.CompletedProcess[str]]
Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seeds, a lock and a dataset of three invented articles, in one folder; read it, never write it."""
    place = tmp_path_factory.mktemp("small")
    shutil.copytree(BASE, place / "seeds")
    (place / "requirements.lock").write_text("one==1.0\n")
    build(place / "seeds", place / "dist", lock=place / "requirements.lock")
    return place


@pytest.fixture
def place(small: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(small, tmp_path / "place"))


@pytest.fixture
def dist(place: Path) -> Path:
    """The dataset in that copy."""
    return place / "dist"


@pytest.fixture(scope="session")
def mlcroissant(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The reference library of Croissant, its cache kept out of the home folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CROISSANT_CACHE", str(tmp_path_factory.mktemp("croissant")))
        return pytest.importorskip("mlcroissant")


def change_json(file: str, change: Change) -> Callable[[Path], object]:
    """A damage to a JSON file of a folder."""

    def damage(folder: Path) -> None:
        content = json.loads((folder / file).read_text("utf-8"))
        change(content)
        (folder / file).write_text(json.dumps(content), "utf-8")

    return damage


def change_citation(change: Change) -> Callable[[Path], object]:
    """A damage to the citation of a folder."""

    def damage(folder: Path) -> None:
        content = yaml.safe_load((folder / CITATION).read_text("utf-8"))
        change(content)
        (folder / CITATION).write_text(yaml.safe_dump(content), "utf-8")

    return damage


def found_in(findings: list[Finding]) -> list[tuple[str, str, str | None]]:
    """Code, file and record of each finding."""
    return [(finding.code, finding.file, finding.record) for finding in findings]


def rename(content: dict[str, Any], old: str, new: str) -> None:
    """Misspell a property."""
    content[new] = content.pop(old)


def file_of(content: dict[str, Any], path: str) -> dict[str, Any]:
    """A file object of a Croissant description."""
    return next(item for item in content["distribution"] if item["@id"] == path)


def records(content: dict[str, Any], table: str) -> dict[str, Any]:
    """A record set of a Croissant description."""
    return next(item for item in content["recordSet"] if item["@id"] == table)


def field(content: dict[str, Any], table: str, name: str) -> dict[str, Any]:
    """A field of a Croissant description."""
    return next(item for item in records(content, table)["field"] if item["name"] == name)


def resource(content: dict[str, Any], table: str) -> dict[str, Any]:
    """A resource of a Data Package."""
    return next(item for item in content["resources"] if item["name"] == table)


def column(content: dict[str, Any], table: str, name: str) -> dict[str, Any]:
    """A field of a Data Package."""
    return next(item for item in resource(content, table)["schema"]["fields"] if item["name"] == name)


def croissant(change: Change) -> tuple[str, Callable[[Path], object]]:
    """A damage to the Croissant description."""
    return CROISSANT, change_json(CROISSANT, change)


def package(change: Change) -> tuple[str, Callable[[Path], object]]:
    """A damage to the Data Package."""
    return DATA_PACKAGE, change_json(DATA_PACKAGE, change)


def zenodo(change: Change) -> tuple[str, Callable[[Path], object]]:
    """A damage to the deposit's metadata."""
    return ZENODO, change_json(ZENODO, change)


def citation(change: Change) -> tuple[str, Callable[[Path], object]]:
    """A damage to the citation."""
    return CITATION, change_citation(change)


def provenance(change: Change) -> tuple[str, Callable[[Path], object]]:
    """A damage to the provenance."""
    return PROVENANCE, change_json(PROVENANCE, change)


ID = "claims/claim_id"
# A damage to a description, and the only finding that our check makes of it. The official validators pass most:
# `mlcroissant validate` 1.1.1 refuses no damage here to croissant.json but the three that touch `sha256` as a property
# or make a day unreadable; `frictionless validate` 5.21 refuses of those to datapackage.json only the path, the
# missing field and the type.
CASES: list[tuple[str, str, tuple[str, Callable[[Path], object]]]] = [
    # a digest that no file has, a file that is not there, no digest at all
    (
        "description-hash",
        f"distribution[{CLAIMS}].sha256",
        croissant(lambda c: file_of(c, CLAIMS).update(sha256="0" * 64)),
    ),
    (
        "description-file",
        f"distribution[{CLAIMS}].contentUrl",
        croissant(lambda c: file_of(c, CLAIMS).update(contentUrl="data/none.parquet")),
    ),
    ("description-property", f"distribution[{CLAIMS}].sha256", croissant(lambda c: file_of(c, CLAIMS).pop("sha256"))),
    # misspelt and missing properties, of the dataset and deep inside
    ("description-property", "rai:dataBaises", croissant(lambda c: rename(c, "rai:dataBiases", "rai:dataBaises"))),
    ("description-property", "datePublishd", croissant(lambda c: rename(c, "datePublished", "datePublishd"))),
    (
        "description-property",
        f"distribution[{CLAIMS}].sha265",
        croissant(lambda c: rename(file_of(c, CLAIMS), "sha256", "sha265")),
    ),
    ("description-property", "url", croissant(lambda c: c.pop("url"))),
    ("description-property", "datePublished", croissant(lambda c: c.update(datePublished="in May"))),
    ("description-property", "@context.rai", croissant(lambda c: c["@context"].update(rai="http://example.org/"))),
    # a field for a column that is not there, a column without a field, another type
    (
        "description-column",
        "recordSet[claims].field[claims/voice].source.extract.column",
        croissant(lambda c: field(c, "claims", "voice")["source"]["extract"].update(column="voices")),
    ),
    (
        "description-column",
        "recordSet[claims].field[claims/voice]",
        croissant(lambda c: records(c, "claims")["field"].remove(field(c, "claims", "voice"))),
    ),
    (
        "description-column",
        "recordSet[claims].field[claims/char_start].dataType",
        croissant(lambda c: field(c, "claims", "char_start").update(dataType="sc:Text")),
    ),
    ("description-column", "recordSet[claims]", croissant(lambda c: c["recordSet"].remove(records(c, "claims")))),
    # another key, none, and a reference to elsewhere
    (
        "description-key",
        "recordSet[claims].key",
        croissant(lambda c: records(c, "claims").update(key={"@id": "claims/text"})),
    ),
    ("description-key", "recordSet[claims].key", croissant(lambda c: records(c, "claims").pop("key"))),
    (
        "description-key",
        "recordSet[claims].field[claims/article_id].references",
        croissant(lambda c: field(c, "claims", "article_id")["references"]["extract"].update(column="title")),
    ),
    # the Data Package: a hash, files, misspelt properties, keys, columns
    (
        "description-hash",
        "resources[claims].hash",
        package(lambda c: resource(c, "claims").update(hash="sha256:" + "0" * 64)),
    ),
    (
        "description-file",
        "resources[claims].path",
        package(lambda c: resource(c, "claims").update(path="data/none.parquet")),
    ),
    ("description-property", "licences", package(lambda c: rename(c, "licenses", "licences"))),
    (
        "description-property",
        "resources[claims].hsah",
        package(lambda c: rename(resource(c, "claims"), "hash", "hsah")),
    ),
    (
        "description-key",
        "resources[claims].schema.primaryKey",
        package(lambda c: resource(c, "claims")["schema"].pop("primaryKey")),
    ),
    (
        "description-key",
        "resources[claims].schema.foreignKeys",
        package(lambda c: resource(c, "claims")["schema"]["foreignKeys"].pop()),
    ),
    (
        "description-column",
        "resources[claims].schema.fields[voice]",
        package(lambda c: resource(c, "claims")["schema"]["fields"].remove(column(c, "claims", "voice"))),
    ),
    (
        "description-column",
        "resources[claims].schema.fields[voice].type",
        package(lambda c: column(c, "claims", "voice").update(type="integer")),
    ),
    ("description-property", "date-relaesed", citation(lambda c: rename(c, "date-released", "date-relaesed"))),
    ("description-property", "type", citation(lambda c: c.update(type="software"))),
    ("description-property", "creators[0].nmae", zenodo(lambda c: rename(c["creators"][0], "name", "nmae"))),
    (
        "description-property",
        "predicateType",
        provenance(lambda c: c.update(predicateType="https://slsa.dev/provenance/v2")),
    ),
    (
        "description-property",
        "predicate.buildDefinition.externalParameters.seed",
        provenance(lambda c: c["predicate"]["buildDefinition"]["externalParameters"].update(seed=1)),
    ),
    (
        "description-property",
        "subject[0].digest.sha256",
        provenance(lambda c: c["subject"][0]["digest"].update(sha256="?")),
    ),
]
DISAGREEING = [
    ("version", croissant(lambda c: c.update(version="0.1.1"))),
    ("date", croissant(lambda c: c.update(datePublished="2024-05-02"))),
    ("title", croissant(lambda c: c.update(name="Other Notes"))),
    ("authors", croissant(lambda c: c["creator"][0].update(name="Others"))),
    ("licence", croissant(lambda c: c["license"][0].update(identifier="MIT"))),
    ("version", package(lambda c: c.update(version="0.1.1"))),
    ("title", package(lambda c: c.update(title="Other Notes"))),
    ("authors", package(lambda c: c["contributors"].append({"title": "Another", "roles": ["creator"]}))),
    ("licence", package(lambda c: c["licenses"][0].update(name="MIT"))),
    ("version", citation(lambda c: c.update(version="0.1.1"))),
    ("date", citation(lambda c: c.update({"date-released": "2024-05-02"}))),
    ("authors", citation(lambda c: c["authors"][0].update(name="Others"))),
    ("licence", citation(lambda c: c.update(license="MIT"))),
    ("title", zenodo(lambda c: c.update(title="Other Notes"))),
    ("date", zenodo(lambda c: c.update(publication_date="2024-05-02"))),
    ("licence", zenodo(lambda c: c.update(license="mit"))),
    ("version", ("manifest.json", change_json("manifest.json", lambda c: c.update(version="0.1.1")))),
]
DESCRIPTIONS = (CROISSANT, DATA_PACKAGE, CITATION, ZENODO, PROVENANCE)
BROKEN = {code for code, *_ in CASES} | {"descriptions-disagree", "description-missing"}
BROKEN |= {"provenance-subject", "provenance-input"}


def test_built_descriptions_are_right(small: Path, built: Path) -> None:
    """What a build writes has no finding, of the invented articles and of the real ones."""
    assert validate_dataset(small / "dist") == check_descriptions(built) == []


def test_validate_looks_at_descriptions(dist: Path, run: Run) -> None:
    """`corpus validate` names what is wrong with a description, but not what only follows from a damaged table."""
    change_json(CROISSANT, lambda content: rename(content, "url", "rul"))(dist)
    done = run("validate", dist, "--format", "json")
    assert (done.returncode, [row["record"] for row in json.loads(done.stdout)]) == (1, ["rul"])
    (dist / CLAIMS).write_bytes(b"no table")
    change_json(ZENODO, lambda content: rename(content, "title", "tilte"))(dist)
    assert found_in(validate_dataset(dist)) == [
        ("description-property", ZENODO, "tilte"),
        ("table-unreadable", CLAIMS, "claims"),
    ]


@pytest.mark.parametrize(("code", "record", "damaged"), CASES, ids=[f"{c}-{r}" for c, r, _ in CASES])
def test_damaged_description_is_found(
    code: str, record: str, damaged: tuple[str, Callable[[Path], object]], dist: Path
) -> None:
    """What was changed in a description is found at its place, and told once."""
    file, damage = damaged
    damage(dist)
    assert found_in(check_descriptions(dist)) == [(code, file, record)]


@pytest.mark.parametrize(("about", "damaged"), DISAGREEING, ids=[f"{a}-{d[0]}" for a, d in DISAGREEING])
def test_disagreement_is_found(about: str, damaged: tuple[str, Callable[[Path], object]], dist: Path) -> None:
    """A description that says something else than the others is named."""
    file, damage = damaged
    damage(dist)
    assert found_in(check_descriptions(dist)) == [("descriptions-disagree", file, about)]


BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
DEEP = "[" * 100_000


@pytest.mark.parametrize("name", DESCRIPTIONS)
@pytest.mark.parametrize("content", [None, "", "]", BOMB, DEEP, "[1]", "\x1b[31m: {", '{"a": 1' + "0" * 5_000 + "}"])
def test_unreadable_description_is_found(name: str, content: str | None, dist: Path) -> None:
    """A description that is gone, no such file, or made to do harm, is one finding and no crash."""
    (dist / name).unlink()
    if content is not None:
        (dist / name).write_text(content, "utf-8")
    found = check_descriptions(dist)
    assert {finding.file for finding in found} == {name}
    assert all(finding.found.isprintable() for finding in found)
    if content is None:
        assert found_in(found) == [("description-missing", name, None)]


def test_description_behind_a_link_is_not_read(dist: Path, tmp_path: Path) -> None:
    """A link in the place of a description is not followed."""
    (dist / ZENODO).rename(tmp_path / "elsewhere.json")
    (dist / ZENODO).symlink_to(tmp_path / "elsewhere.json")
    assert found_in(validate_dataset(dist)) == [("description-missing", ZENODO, None)]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value: what holds it, and its key or index there."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield value, key
        yield from places(item)


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize(("name", "parts"), [(CROISSANT, ["distribution", "recordSet"]), (DATA_PACKAGE, ["resources"])])
def test_any_change_to_what_tables_say_is_a_difference(name: str, parts: list[str], small: Path, data: Any) -> None:
    """Whatever value is replaced or removed where a description speaks of files and columns, it is told."""
    description = json.loads((small / "dist" / name).read_text("utf-8"))
    said = {part: description[part] for part in parts}
    changed = copy.deepcopy(said)
    holder, key = data.draw(st.sampled_from(list(places(changed))))
    if data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = data.draw(st.sampled_from([None, 0, 1, True, "", "other", [], {}, ["other"], {"other": 1}]))
    assert bool(list(differences(said, changed))) == (said != changed or repr(said) != repr(changed))


# Croissant


def plain(value: Any) -> Any:
    """A value of a record as the tables have it: mlcroissant gives bytes for texts, times for days, NaN for nulls."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if pd.isna(value) else value


def assert_reads_back(library: Any, folder: Path) -> None:
    """Each record set gives the rows of its Parquet files, column by column, nulls, days and lists included."""
    dataset = library.Dataset(str(folder / CROISSANT))
    sets = [record_set.id for record_set in dataset.metadata.record_sets]
    assert sets == [name for name in TABLES if (folder / "data" / name).is_dir()]
    for name in sets:
        rows = pq.read_table(folder / "data" / name).to_pylist()
        read = [{key.split("/")[1]: plain(value) for key, value in record.items()} for record in dataset.records(name)]
        assert read == rows, name


@pytest.mark.filterwarnings("ignore")
def test_croissant_reads_back(mlcroissant: Any, built: Path) -> None:
    """mlcroissant finds no fault and gives the rows of every table; lists, days, numbers and nulls are among them."""
    assert_reads_back(mlcroissant, built)
    types = {str(column.type) for name in TABLES for column in columns(name)}
    assert types >= {"list<item: string>", "date32[day]", "int64", "double", "string"}


def described(folder: Path) -> None:
    """Render again what stands on a folder's files."""
    dataset, tables = read_collection(BASE)[0].dataset, published_tables(folder)
    assert dataset
    for name, content in (
        (CROISSANT, render_croissant(tables, dataset, {})),
        (DATA_PACKAGE, render_datapackage(folder, tables, dataset)),
    ):
        (folder / name).write_text(json.dumps(content), "utf-8")


def divide(folder: Path, name: str) -> None:
    """Divide a table into two files."""
    old = folder / table_file(name)
    table = pq.read_table(old)
    old.unlink()
    half = table.num_rows // 2
    pq.write_table(table[:half], old.with_name("train-00000-of-00002.parquet"))
    pq.write_table(table[half:], old.with_name("train-00001-of-00002.parquet"))


@pytest.mark.filterwarnings("ignore")
def test_table_of_several_files(mlcroissant: Any, dist: Path) -> None:
    """A table of several files is described file by file, checked file by file, and reads back whole."""
    for name in ("articles", "claims", "sentences"):
        divide(dist, name)
    described(dist)
    assert check_croissant(dist) == check_datapackage(dist) == []
    assert_reads_back(mlcroissant, dist)
    last = dist / "data" / "claims" / "train-00001-of-00002.parquet"
    last.write_bytes(last.read_bytes() + b"\0")
    where = f"distribution[{last.relative_to(dist).as_posix()}]"
    assert found_in(check_croissant(dist)) == [
        ("description-file", CROISSANT, f"{where}.contentSize"),
        ("description-hash", CROISSANT, f"{where}.sha256"),
    ]
    assert found_in(check_datapackage(dist)) == [("description-hash", DATA_PACKAGE, "resources[claims].hash")]
    last.unlink()
    assert ("description-file", CROISSANT, where) in found_in(check_croissant(dist))


@pytest.mark.filterwarnings("ignore")
def test_columns_that_are_left_out(mlcroissant: Any, dist: Path) -> None:
    """Where columns are left out, among them one that others refer to, the rest is described and reads back."""
    left_out = {"articles": ["text", "title"], "claims": ["text"], "actors": ["actor_id"]}
    for name, names in left_out.items():
        table = pq.read_table(dist / table_file(name))
        pq.write_table(table.drop_columns(names), dist / table_file(name))
    assert {found.code for found in check_croissant(dist)} >= {"description-column", "description-key"}
    described(dist)
    assert check_croissant(dist) == check_datapackage(dist) == []
    assert_reads_back(mlcroissant, dist)


def test_responsible_ai_is_the_datasheet(committed: Path) -> None:
    """What the vocabulary says stands in the datasheet word for word; it has no property that there is not."""
    content = json.loads((committed / CROISSANT).read_text("utf-8"))
    datasheet = (committed / "DATASHEET.md").read_text("utf-8")
    said = {name: text for name, text in content.items() if name.startswith("rai:")}
    assert set(said) == set(QUESTIONS)
    assert set(said) <= set(PROPERTIES)
    assert len(set(PROPERTIES)) == 20
    for text in said.values():
        assert all(line in datasheet for line in text.splitlines())


def test_citation_is_the_one_on_the_card(committed: Path) -> None:
    """The BibTeX of the description is that of the card."""
    cited = json.loads((committed / CROISSANT).read_text("utf-8"))["citeAs"]
    assert cited in (committed / "README.md").read_text("utf-8")


# Data Package


def package_errors(folder: Path) -> list[tuple[str, str, str]]:
    """What frictionless finds: table, kind, and the column or note.

    It reads Parquet by way of pandas, which gives a column of integers with nulls as floats and a list as an array:
    it then finds no integer and no list there. These findings, and no others, are left out.
    """
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(folder / DATA_PACKAGE), limit_errors=1_000_000)
    by_pandas = {
        (name, column.name)
        for name in TABLES
        for column in columns(name)
        if pa.types.is_list(column.type) or (column.nullable and column.type == pa.int64())
    }
    found = [(task.name, error) for task in report.tasks for error in task.errors]
    found += [("", error) for error in report.errors]
    return [
        (name, error.type, error.note)
        for name, error in found
        if not (error.type == "type-error" and (name, error.field_name) in by_pandas)
    ]


def write_column(folder: Path, table: str, name: str, change: Callable[[list[Any]], object]) -> None:
    """Write a table anew with other values in a column."""
    path = folder / table_file(table)
    content = pq.read_table(path)
    values = content[name].to_pylist()
    change(values)
    pq.write_table(content.set_column(content.column_names.index(name), name, pa.array(values)), path)


@pytest.mark.filterwarnings("ignore")
def test_package_is_right(small: Path) -> None:
    """frictionless finds keys, references and types in order, and the references are those of the schemas."""
    assert package_errors(small / "dist") == []
    content = json.loads((ROOT / "dist" / DATA_PACKAGE).read_text("utf-8"))
    for name in TABLES:
        schema = resource(content, name)["schema"]
        said = {
            (k["fields"][0], f"{k['reference']['resource']}.{k['reference']['fields'][0]}")
            for k in schema.get("foreignKeys", [])
        }
        assert said == {(column.name, column.references) for column in columns(name) if column.references}
        assert schema.get("primaryKey") == ([key_of(name)] if key_of(name) else None)


@pytest.mark.filterwarnings("ignore")
def test_dangling_and_repeated_keys_are_found_by_the_package(dist: Path) -> None:
    """With the package frictionless finds a reference that leads nowhere, and a key that two rows have."""
    write_column(dist, "figures", "claim_id", lambda values: values.__setitem__(0, "nowhere"))
    assert [error[:2] for error in package_errors(dist)] == [("figures", "foreign-key")]
    write_column(dist, "sources", "source_id", lambda values: values.__setitem__(0, values[1]))
    assert ("sources", "primary-key") in {error[:2] for error in package_errors(dist)}


# Citation


def test_citation_keeps_its_schema(committed: Path) -> None:
    """The citation is one by the schema of its format."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    done = subprocess.run([*command, committed / CITATION], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_descriptions_carry_what_the_seeds_say(committed: Path) -> None:
    """Version, date, title, authors and licence in each description are those of dataset.toml."""
    dataset = read_collection(ROOT / "seeds")[0].dataset
    assert dataset
    released, creators = dataset.released.isoformat(), list(dataset.creators)
    read = {name: json.loads((committed / name).read_text("utf-8")) for name in (CROISSANT, DATA_PACKAGE, ZENODO)}
    cited = yaml.safe_load((committed / CITATION).read_text("utf-8"))
    croissant_, package_, zenodo_ = read[CROISSANT], read[DATA_PACKAGE], read[ZENODO]
    assert {each["version"] for each in (*read.values(), cited)} == {dataset.version}
    assert croissant_["datePublished"] == zenodo_["publication_date"] == str(cited["date-released"]) == released
    assert croissant_["name"] == package_["title"] == zenodo_["title"] == cited["title"] == dataset.title
    assert [each["name"] for each in croissant_["creator"]] == [each["name"] for each in cited["authors"]] == creators
    assert [each["name"] for each in zenodo_["creators"]] == creators
    assert [each["title"] for each in package_["contributors"]] == creators
    assert cited["license"] == croissant_["license"][0]["identifier"] == package_["licenses"][0]["name"] == "CC-BY-4.0"
    assert zenodo_["license"] == "cc-by-4.0"
    for text in (cited["message"], zenodo_["notes"], str(croissant_["license"]), str(package_["licenses"])):
        assert "no permission to republish was found" in text
        assert "Apache" not in text  # the licence of the program is none of the data's


# Provenance


def named(place: Path, run: Run) -> dict[str, str]:
    """The files that `verify --provenance` names, each with its code."""
    done = run("verify", "dist", "--provenance", "--format", "json", cwd=place)
    found = {row["file"]: row["code"] for row in json.loads(done.stdout)}
    assert done.returncode == (1 if found else 0), done.stderr
    return found


SEED_FILES = sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*") if path.is_file())


def test_provenance_names_every_file(small: Path) -> None:
    """Every file but the checksums and itself is a subject, every file of the seeds and the lock a dependency."""
    statement = json.loads((small / "dist" / PROVENANCE).read_text("utf-8"))
    definition = statement["predicate"]["buildDefinition"]
    files = {
        path.relative_to(small / "dist").as_posix(): path for path in (small / "dist").rglob("*") if path.is_file()
    }
    inputs = {"requirements.lock": small / "requirements.lock"}
    inputs |= {f"seeds/{name}": small / "seeds" / name for name in SEED_FILES}
    for descriptors, expected in (
        (
            statement["subject"],
            {n: p for n, p in files.items() if n not in ("SHA256SUMS", "manifest.json", PROVENANCE)},
        ),
        (definition["resolvedDependencies"], inputs),
    ):
        digests = {each["name"]: each["digest"]["sha256"] for each in descriptors}
        assert digests == {name: sha256_of(path) for name, path in expected.items()}
    assert (statement["_type"], statement["predicateType"]) == (
        "https://in-toto.io/Statement/v1",
        "https://slsa.dev/provenance/v1",
    )


@pytest.mark.parametrize("name", SEED_FILES)
def test_changed_seed_is_named(name: str, place: Path) -> None:
    """One changed byte in any file of the seeds is named, and so is a file that is gone."""
    path = place / "seeds" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    lock = place / "requirements.lock"
    expected = [("provenance-input", f"seeds/{name}", None)]
    assert found_in(corpus.verify(place / "dist", seeds=place / "seeds", lock=lock)) == expected
    if name != "dataset.toml":
        path.unlink()
        assert found_in(corpus.verify(place / "dist", seeds=place / "seeds", lock=lock)) == expected


def test_command_names_changed_inputs(place: Path, run: Run) -> None:
    """`corpus verify --provenance` names a changed lock, a new seed, and a changed file of the dataset."""
    assert named(place, run) == {}
    (place / "requirements.lock").write_text("one==1.1\n")
    (place / "seeds" / "900").mkdir()
    (place / "seeds" / "900" / "source.toml").write_text('id = "900"\n')
    (place / "dist" / "LICENSE.md").write_text("None.\n")
    expected = {
        "requirements.lock": "provenance-input",
        "seeds/900/source.toml": "provenance-input",
        "LICENSE.md": "dist-changed",
    }
    assert named(place, run) == expected
    (place / "requirements.lock").unlink()
    assert named(place, run) == expected
    done = run("verify", "dist", "--provenance", "--seeds", "nowhere", cwd=place)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_change_that_the_checksums_hide_is_named(place: Path, run: Run) -> None:
    """A file changed together with all checksums is not the one that the provenance names."""
    path, manifest = place / "dist" / "LICENSE.md", place / "dist" / "manifest.json"
    old = sha256_of(path)
    path.write_text("None.\n")
    manifest.write_text(manifest.read_text("utf-8").replace(old, sha256_of(path)), "utf-8")
    write_checksums(place / "dist")
    assert corpus.verify(place / "dist") == []
    assert named(place, run) == {"LICENSE.md": "provenance-subject"}


def test_suggestions_are_no_input(place: Path, run: Run) -> None:
    """Suggestions, hidden files and what links lead to outside are not among what a dataset is made from."""
    folder = next(path for path in (place / "seeds").iterdir() if path.is_dir())
    (folder / "suggestions.jsonl").write_text("")
    (folder / ".notes").write_text("mine")
    (folder / "away").symlink_to(place / "requirements.lock")
    assert named(place, run) == {}


def test_dataset_without_a_lock(place: Path, run: Run) -> None:
    """A dataset that was built without a lock is held against none."""
    build(place / "seeds", place / "dist", lock=None)
    assert named(place, run) == {}
    statement = (place / "dist" / PROVENANCE).read_text("utf-8")
    assert "requirements.lock" not in statement


def test_the_build_needs_no_library_of_the_descriptions(small: Path) -> None:
    """Building and validating load neither mlcroissant nor frictionless, which only the tests use."""
    code = "import sys, corpus, corpus.building; corpus.validate('dist'); "
    code += "print({'mlcroissant', 'frictionless'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=small)
    assert done.stdout.strip() == "set()"


def test_examples_of_the_page_run() -> None:
    """The Python of docs/descriptions.md runs in the project's folder."""
    page = (ROOT / "docs" / "descriptions.md").read_text("utf-8")
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        exec(example, {})  # noqa: S102 - the page is the project's own


def test_page_on_descriptions_names_all_rules_and_files() -> None:
    """docs/descriptions.md speaks of every description, every rule on them, and what the build is called."""
    from corpus.describing.provenance import BUILD_TYPE, BUILDER

    page = (ROOT / "docs" / "descriptions.md").read_text("utf-8")
    for name in (*DESCRIPTIONS, BUILD_TYPE, BUILDER, *BROKEN):
        assert f"`{name}`" in page, name
    assert re.search(r"frictionless validate .*type-error", page)
