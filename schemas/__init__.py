"""Wire shapes, published and validated with pydantic."""
