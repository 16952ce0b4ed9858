"""The API as programs see it: its document, fuzzed, generated from, and compared."""
