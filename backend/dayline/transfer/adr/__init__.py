"""Architecture decision records: MADR and Nygard files, read, written, imported, exported."""
