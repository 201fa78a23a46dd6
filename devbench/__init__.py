"""The dev bench: a private, disposable bench for the demo, the tests and continuous integration."""
