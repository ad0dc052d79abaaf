"""The whole job, files to Parquet, against other tools and against the same work inside them, at any size.

Run: python -m benchmarks.scale --articles 20000 --rounds 3

Every contestant is a process of its own with two workers, from start to end. They take turns (A B C A B C …), so that
a machine that is slow for a while is slow for all; each round gives a ratio of speeds to the first contestant, and the
table shows the median of the rounds, the smallest and the largest. Processor time says less about use of both cores,
and suffers less from what else runs. Memory is the peak of the sum over all processes of a contestant. Not all do the
same: the table says what each does, and benchmarks/peers/ has their programs. Some are given a tenth of the articles,
which makes their start count more. datatrove and spaCy are no dependencies of this project; where they are in another
environment, name its interpreter: --python datatrove=PATH --python spacy=PATH.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bulk_seed import write_bulk_seed
from benchmarks.contestants import CONTESTANTS, WORKERS, Contestant, Inputs, command, versions
from benchmarks.processes import Run, run

ROOT = Path(__file__).resolve().parent.parent
_MB = 1e6
_COLUMNS = (
    "",
    "what it does",
    "articles",
    "seconds",
    "articles/s",
    "speed",
    "processor ms/article",
    "MB",
    "Parquet MB",
)


@dataclass(frozen=True, slots=True)
class Result:
    """The runs of a contestant, round by round. `articles`: how many it was given; `written`: bytes of its files."""

    contestant: Contestant
    articles: int
    runs: tuple[Run, ...]
    written: int

    def speeds(self) -> list[float]:
        """Articles a second in each round."""
        return [self.articles / run.seconds for run in self.runs]


def measure(contestants: Mapping[Contestant, str], articles: int, rounds: int) -> list[Result]:
    """Run contestants in turn; each is given with the interpreter that runs it.

    Raises `benchmarks.processes.FailedRunError` where one does not end well.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        counts = {
            part: max(articles // part, WORKERS) for part in {contestant.part for contestant in contestants} | {1}
        }
        inputs = _inputs(work, counts)
        runs: dict[Contestant, list[Run]] = {contestant: [] for contestant in contestants}
        written = {}
        for number in range(rounds):
            for contestant, python in contestants.items():
                _tell(f"round {number + 1} of {rounds}: {contestant.name}")
                done, written[contestant] = _one_run(contestant, python, inputs, work)
                runs[contestant].append(done)
    return [Result(one, counts[one.part], tuple(runs[one]), written[one]) for one in contestants]


def _inputs(work: Path, counts: Mapping[int, int]) -> Inputs:
    """A bulk seed, and its first articles as one file for each worker."""
    seeds, parts = work / "seeds", {part: work / f"one-in-{part}" for part in counts}
    _tell(f"writing {counts[1]:,} articles")
    news = write_bulk_seed(seeds, counts[1])
    for part, folder in parts.items():
        folder.mkdir()
        with news.open("rb") as lines:
            for worker in range(WORKERS):
                upto, after = (counts[part] * at // WORKERS for at in (worker, worker + 1))
                with (folder / f"{worker:05}.jsonl").open("wb") as file:
                    file.writelines(next(lines) for _ in range(after - upto))
    return Inputs(seeds, parts)


def _one_run(contestant: Contestant, python: str, inputs: Inputs, work: Path) -> tuple[Run, int]:
    """A run, and how many bytes it wrote as Parquet; caches and files are removed after it."""
    own = work / "run"
    own.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HF_HOME": str(own / "cache"), "HF_HUB_OFFLINE": "1"}
    try:
        done = run(command(contestant, python, inputs, own / "out"), environment, own / "log")
        return done, sum(path.stat().st_size for path in own.glob("out/**/*.parquet"))
    finally:
        shutil.rmtree(own)


def table(results: Sequence[Result]) -> Iterator[str]:
    """The results as lines of Markdown: speeds as multiples of the first contestant's, MB of memory at its peak."""
    yield f"| {' | '.join(_COLUMNS)} |"
    yield f"|---|---|{'--:|' * (len(_COLUMNS) - 2)}"
    for result in results:
        ratios = [own / first for own, first in zip(result.speeds(), results[0].speeds(), strict=True)]
        seconds = statistics.median(run.seconds for run in result.runs)
        cells = (
            result.contestant.name,
            result.contestant.does,
            f"{result.articles:,}",
            f"{seconds:.1f}",
            f"{statistics.median(result.speeds()):,.0f}",
            f"{statistics.median(ratios):.3g} x ({min(ratios):.3g} to {max(ratios):.3g})",
            f"{1000 * statistics.median(run.processor for run in result.runs) / result.articles:.3g}",
            f"{max(run.peak for run in result.runs) / _MB:,.0f}",
            f"{result.written / _MB:.1f}",
        )
        yield f"| {' | '.join(cells)} |"


def _entrants(names: Sequence[str], pythons: Mapping[str, str]) -> dict[Contestant, str]:
    """Those that are asked for and can be run, each with its interpreter; of the others it is said how to get them."""
    found = {}
    for contestant in CONTESTANTS:
        if names and contestant.name not in names:
            continue
        python = pythons.get(contestant.name.partition("-")[0], sys.executable)
        needed = versions(contestant, python)
        if needed is None:
            wanted = " ".join(contestant.needs)
            print(f"left out: {contestant.name} (pip install {wanted}; or --python NAME=INTERPRETER)")
        else:
            found[contestant] = python
            print(f"{contestant.name}: {', '.join(f'{name} {version}' for name, version in needed.items()) or 'here'}")
    return found


def _machine() -> str:
    """Processor, cores, memory and Python, in a line."""
    models = [line for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines() if line.startswith("model name")]
    model = models[0].partition(":")[2].strip() if models else platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}"


def _tell(what: str) -> None:
    if sys.stderr.isatty():
        print(what, file=sys.stderr)


def _arguments() -> argparse.Namespace:
    names = [contestant.name for contestant in CONTESTANTS]
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scale",
        description="Measure the whole job against other tools, in turn.",
        epilog="Example: python -m benchmarks.scale --articles 20000 --only ours datasets --rounds 5",
    )
    parser.add_argument("--articles", type=int, default=2000, help="how many; some are given a tenth (2000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each runs (3)")
    parser.add_argument("--only", nargs="+", choices=names, default=[], metavar="NAME", help=", ".join(names))
    parser.add_argument(
        "--python",
        action="append",
        default=[],
        metavar="NAME=PATH",
        help="the interpreter of datasets, datatrove or spacy, where it is not this one",
    )
    return parser.parse_args()


def main() -> None:
    given = _arguments()
    print(_machine())
    contestants = _entrants(given.only, dict(pair.split("=", 1) for pair in given.python))
    results = measure(contestants, given.articles, given.rounds)
    print("", *table(results), sep="\n")


if __name__ == "__main__":
    main()
