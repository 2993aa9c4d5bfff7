"""The field: people, projects, consent, transcripts, names away, keys and the log. Knows neither coding nor web."""
