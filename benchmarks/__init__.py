"""Timings as ratios within one run: machines differ and drift, ratios hold."""
