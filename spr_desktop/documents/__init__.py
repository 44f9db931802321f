"""Documents that leave the application: what each may hold, how it is laid out, checked for leaks, sealed and verified.

Nothing is written to disk here: a document is bytes in memory until it is encrypted, signed and read back.
"""
