"""Long runs that look for what a short one misses; `make torture` runs them."""
