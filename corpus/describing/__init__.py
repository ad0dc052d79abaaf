"""Descriptions of a dataset for programs, one module each: what it renders and what it checks.

`published` reads what there is to describe, `shapes` compares what a description says with what it should say,
`agreeing` holds the descriptions against each other, `checking` is all checks of a published folder.
"""
