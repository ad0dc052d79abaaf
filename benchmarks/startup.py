"""How long `corpus --help` takes, as a multiple of importing typer and rich. Run: python -m benchmarks.startup."""

import statistics
import subprocess
import sys
import time

ROUNDS = 15
COMMANDS = {
    "corpus --help": [sys.executable, "-m", "corpus", "--help"],
    "import typer, rich": [sys.executable, "-c", "import typer, rich"],
}


def seconds(command: list[str]) -> float:
    """The wall time of one run, in seconds."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        print(f"{name:<20} {median * 1000:7.1f} ms (median of {ROUNDS}, in turn)")
    first, second = medians.values()
    print(f"ratio {first / second:.2f}")


if __name__ == "__main__":
    main()
