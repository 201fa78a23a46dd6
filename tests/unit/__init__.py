"""Tests that need no host: the domain, and what can be told from the files alone."""
