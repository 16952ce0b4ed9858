"""Working time on the command line: files of known answers, and questions of one person."""
