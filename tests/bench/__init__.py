"""Benchmarks: each path beside its physical limit in the same interleaved run. `make bench`."""
