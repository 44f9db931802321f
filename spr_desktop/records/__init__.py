"""What is known about a case: dated, append-only records, and the case they add up to.

A record is never changed. A correction is a new record that supersedes an old one; everything else that the program
shows is computed from the records, so it can be thrown away and built again.
"""
