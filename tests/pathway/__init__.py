"""Tests of the pathway: every rule and outcome, every boundary, and the properties that hold for any case."""
