"""Today: what needs a member, what they wait for, and what changed since their last visit."""
