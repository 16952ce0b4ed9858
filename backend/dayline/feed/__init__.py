"""The feed of events: snapshots, resuming, and the live socket."""
