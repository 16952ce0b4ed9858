"""A fictional team and its last three weeks, for trying out Dayline."""
