"""Comparing marks with gold marks: spans and labels, whatever format they come in."""
