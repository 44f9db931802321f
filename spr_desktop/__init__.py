"""SPR Desktop: families in conflict, screened alone, wrapped around and referred with care. Offline and encrypted."""

__version__ = "0.1.0"
