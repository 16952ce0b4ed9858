"""What every room stands on, and no rule of the product."""
