"""The rules of the product as pure functions: plain values in and out, no clock, no I/O."""
