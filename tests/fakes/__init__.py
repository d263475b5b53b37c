"""Stand-ins and stages that several kinds of tests share."""
