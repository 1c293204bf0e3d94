"""Parts of the risk manager: exposures, sizes, and one class per limit."""
