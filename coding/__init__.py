"""The analysis: codebook, coded segments, suggestions, memos, summaries and their files. Knows interviews, not web."""
