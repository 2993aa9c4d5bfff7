"""Files of the analysis: codebooks, projects and reports, in and out."""
