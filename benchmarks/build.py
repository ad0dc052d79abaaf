"""How long a whole build takes, as a multiple of importing what it builds with. Run: python -m benchmarks.build."""

import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.startup import seconds

ROUNDS = 5
IMPORTS = "import pandera.polars, pyarrow.parquet, duckdb, pydantic, nltk.metrics.agreement"


def main() -> None:
    build, imports = [], []
    with tempfile.TemporaryDirectory() as folder:
        dist = Path(folder) / "dist"
        for _ in range(ROUNDS):
            build.append(seconds([sys.executable, "-m", "corpus", "build", "--dist", str(dist)]))
            imports.append(seconds([sys.executable, "-c", IMPORTS]))
    print(f"corpus build     {statistics.median(build):6.2f} s (median of {ROUNDS}, in turn)")
    print(f"its imports      {statistics.median(imports):6.2f} s")
    print(f"ratio {statistics.median(build) / statistics.median(imports):.2f}")


if __name__ == "__main__":
    main()
