"""What is wrong or odd in a price board, before anybody pays by it."""
