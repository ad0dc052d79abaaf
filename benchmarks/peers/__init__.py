"""What other tools run, one small program each, written as their documentation recommends.

Each takes a folder of JSON Lines (several files, so that processes can share them), a folder for Parquet, and how many
processes may work: python -m benchmarks.peers.text_to_parquet news out --workers 2. None needs this project installed.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple


class Arguments(NamedTuple):
    """What every peer is told."""

    news: Path
    out: Path
    workers: int


def arguments() -> Arguments:
    """The arguments of this process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("news", type=Path, help="a folder of JSON Lines with the fields id, title, date, text")
    parser.add_argument("out", type=Path, help="a folder for Parquet, made where it is not there")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    return Arguments(given.news, given.out, given.workers)
