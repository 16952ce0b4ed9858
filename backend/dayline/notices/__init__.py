"""Notices: what each member should know, made from events; one list for each member."""
