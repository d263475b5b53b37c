"""The guided test of a lane when it is commissioned: what is wired, how it acts, what it needs."""
