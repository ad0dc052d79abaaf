"""Releases: the least version that a difference allows, what is told of it, and what was taken down."""
