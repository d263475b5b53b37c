"""A second program for the idle search: slow, tick by tick, reading the clock on the wall."""
