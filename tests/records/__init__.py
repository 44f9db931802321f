"""Tests of records: the case document, its faults and its schema, the folded case, compartments."""
