"""Tables, transactions, events and prepared statements."""
