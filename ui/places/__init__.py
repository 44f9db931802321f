"""The places of the window, one a module: what a person sees and does there."""
