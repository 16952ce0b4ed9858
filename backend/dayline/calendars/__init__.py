"""Calendars: working hours, time off, focus time, holidays, and availability."""
