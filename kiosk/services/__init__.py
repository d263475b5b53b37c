"""Use cases, one verb a module; they run on the work thread and know neither Qt nor SQL."""
