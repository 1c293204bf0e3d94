"""Speed and error of the pricing kernels beside their peers: `python -m benchmarks.pricing`."""
