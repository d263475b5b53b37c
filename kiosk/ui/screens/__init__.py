"""The drivers' screens: which page is shown and what it says; the core decides all else."""
