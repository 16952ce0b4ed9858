"""Infrastructure that every room uses. It has no rules of the product."""
