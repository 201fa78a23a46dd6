"""The demo: a company, its people and goods, and the case of document 004 played by them."""
