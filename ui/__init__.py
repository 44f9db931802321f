"""The window: the only home of Qt. It shows what casework gives it and asks casework for everything."""
