"""The market data that comes with the product; see PROVENANCE.md beside this file."""
