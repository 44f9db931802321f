"""Tests, in the rooms of the program that they are about; builders that several of them share are here."""
