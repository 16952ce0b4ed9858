"""Search: one reviewed function over tasks, topics, messages and projects."""
