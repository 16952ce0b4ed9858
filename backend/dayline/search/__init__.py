"""Search: finds tasks, decisions, topics, messages, projects, references and members."""
