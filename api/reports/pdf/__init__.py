"""A report as PDF/UA: tagged for readers that speak it, text and drawings as vectors."""
