"""Faults made on purpose: kills, flipped bytes, full disks, swapped files, and what is left in memory and on the disk.

``pytest -m faults`` makes some hundreds of each; ``python -m tests.faults`` makes many more and writes figures.
Each part runs in a process of its own (``tests.faults.worker``): children are made by forking, which a process with
threads or windows must not do.
"""
