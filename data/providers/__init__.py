"""One vendor format per module: a file in, raw rows out, everything named in the vendor's own units."""
