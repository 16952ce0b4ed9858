"""The feed: snapshot, resume, socket."""
