"""Devices of software behind real ptys; the code that drives them is the real one."""
