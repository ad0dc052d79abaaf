"""What the scripts in examples/ print, and the page that shows it: `python -m tests.examples_page` writes it afresh."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "examples" / "README.md"
PICTURE = ROOT / "examples" / "figures_over_time.svg"
SCRIPTS = ("duckdb_session.py", "figures_over_time.py", "training_rows.py")
_SHOWN = re.compile(r"(?<=\n)```text ([a-z_]+\.py)\n.*?```", re.DOTALL)


def run_example(script: str, *arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a script as a user does, offline, with a cache of its own."""
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {"HF_HOME": cache, "HF_HUB_OFFLINE": "1", "COLUMNS": "100"}
        command = [sys.executable, str(ROOT / "examples" / script), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=environment)


def render_page(page: str, outputs: dict[str, str]) -> str:
    """The page with what each script prints in its place."""
    return _SHOWN.sub(lambda shown: f"```text {shown[1]}\n{outputs[shown[1]].strip()}\n```", page)


def main() -> None:
    """Write the outputs and the picture into examples/."""
    outputs = {}
    with tempfile.TemporaryDirectory() as folder:
        for script in SCRIPTS:
            done = run_example(script, ROOT / "dist", cwd=Path(folder))
            assert done.returncode == 0, done.stderr
            outputs[script] = done.stdout
        PICTURE.write_bytes((Path(folder) / "figures_over_time.svg").read_bytes())
    PAGE.write_text(render_page(PAGE.read_text("utf-8"), outputs), "utf-8")


if __name__ == "__main__":
    main()
