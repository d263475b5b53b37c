"""Published price boards, their importers and the linter: data and truth beside the rules."""
