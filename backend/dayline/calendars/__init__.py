"""Calendars: working hours, time off, focus time, holidays, and who is available when."""
