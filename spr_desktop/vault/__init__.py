"""Where records are kept: an encrypted folder that is never read without its passphrase or its recovery key.

Nothing is imported here, so that a window can ask for the passphrase before the cryptography is loaded.
"""
