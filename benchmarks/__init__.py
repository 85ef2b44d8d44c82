"""Benchmarks: quality by the scorers, speed and memory against a baseline of the same run."""
