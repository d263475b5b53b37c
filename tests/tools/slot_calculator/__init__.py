"""slot-calculator as a peer of the idle search."""
