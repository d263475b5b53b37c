"""A second program for prices: slow, minute by minute, written from the rules alone."""
