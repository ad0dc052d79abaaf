"""What each command of `corpus` does; `corpus.cli` names them. Heavy packages are imported inside the functions."""
