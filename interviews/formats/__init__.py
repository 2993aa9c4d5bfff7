"""File formats of transcripts: the only modules that know what a .docx, .vtt or .otr looks like."""
