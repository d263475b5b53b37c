"""The composition root: reads configuration, builds the object graph, starts Qt or a command."""
