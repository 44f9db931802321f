"""Data that the program reads: pathways, questions, fonts, an invented caseload. No code."""
