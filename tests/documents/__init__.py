"""Tests of documents: what stands in them and what must not, how they look, that a change after sealing shows."""
