"""The attendant's window: one view-model for each of its cards, and the root that joins them."""
