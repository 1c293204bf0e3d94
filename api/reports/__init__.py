"""Reports of a run for people: the content once (`document`), laid out as HTML and as PDF."""
