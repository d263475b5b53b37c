"""What a stay costs: the walk over a price board, its charge and its totals."""
