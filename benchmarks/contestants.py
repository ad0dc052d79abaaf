"""Who is measured in benchmarks/scale.py, what each does, and whether it can be run here."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

WORKERS = 2
_TENTH = 10


_VERSIONS = """
import json, sys
from importlib.metadata import version
print(json.dumps({name: version(name) for name in sys.argv[1:]}))
"""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A way to do a job. `part`: it is given one article in so many. `needs`: distributions that it imports.

    `module`: of benchmarks.peers; None for this project's own build, with `options`.
    """

    name: str
    does: str
    module: str | None = None
    part: int = 1
    needs: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """`seeds`: a folder of seeds. `parts`: by how many articles are taken one of, a folder of JSON Lines."""

    seeds: Path
    parts: Mapping[int, Path]


_DATASETS = ("datasets",)
_DATATROVE = ("datatrove", "orjson", "pyarrow")

CONTESTANTS = (
    Contestant(
        "ours",
        "corpus build: sentences, claims, figures, ledger, validation, digests; Parquet",
        options=("--workers", str(WORKERS), "--quiet"),
    ),
    Contestant("ours-ray", "the same on Ray", needs=("ray",), options=("--engine", "ray", "--workers", str(WORKERS))),
    Contestant("floor", "JSON read by Arrow, its text to Parquet", "text_to_parquet", needs=("pyarrow",)),
    Contestant("datasets", "datasets.map: sentences and cues by regex; Parquet", "datasets_cues", needs=_DATASETS),
    Contestant(
        "datatrove", "datatrove: its own sentences; Parquet", "datatrove_sentences", _TENTH, (*_DATATROVE, "spacy")
    ),
    Contestant("spacy", "spaCy: sentencizer and Matcher; Parquet", "spacy_cues", _TENTH, ("spacy", "pyarrow")),
    Contestant(
        "datasets-marking", "datasets.map: our sentences and claims; Parquet", "datasets_marking", needs=_DATASETS
    ),
    Contestant(
        "datatrove-marking", "datatrove: our sentences and claims; Parquet", "datatrove_marking", needs=_DATATROVE
    ),
)


def versions(contestant: Contestant, python: str) -> dict[str, str] | None:
    """The versions of what it needs, as this interpreter has them; None where one is not there."""
    found = subprocess.run([python, "-c", _VERSIONS, *contestant.needs], capture_output=True, text=True, check=False)
    return None if found.returncode else dict(json.loads(found.stdout))


def command(contestant: Contestant, python: str, inputs: Inputs, out: Path) -> list[str]:
    """What is run; it writes into the folder `out`, which is not there yet."""
    if contestant.module is None:
        places = ["--seeds", str(inputs.seeds), "--dist", str(out)]
        return [python, "-m", "corpus", "build", *places, *contestant.options]
    places = [str(inputs.parts[contestant.part]), str(out)]
    return [python, "-m", f"benchmarks.peers.{contestant.module}", *places, "--workers", str(WORKERS)]
