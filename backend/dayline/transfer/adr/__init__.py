"""Architecture decision records: reads, writes, imports and exports MADR and Nygard files."""
