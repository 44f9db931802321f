"""Leaks made on purpose: whether any document ever shows one parent the other.

``make leaks`` (``python -m tests.leaks``) makes many of them and writes their figures down (docs/leak-figures.md);
``make test`` makes a sample.
"""
