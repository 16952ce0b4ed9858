"""An invented team and its last three weeks, to look at Dayline with."""
