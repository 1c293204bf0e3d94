"""Speed of the pricing kernels beside their peers, in one run: `goals.py` says what is asked of them."""
