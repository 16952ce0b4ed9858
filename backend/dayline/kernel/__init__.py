"""What every room stands on: settings, clock, ids, the unit of work, events, errors, paging."""
