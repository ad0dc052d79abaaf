"""`python -m corpus`: the command."""

from corpus.cli import main

main()
