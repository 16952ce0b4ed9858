"""The commands about working time: checking files of cases, and answering single questions."""
