"""The agreement on answer times: its versions, its draft, and its signatures."""
