"""The command line: everything the window does that makes sense without a window, with the same code underneath."""
