"""Other people's published price models, each turned into a tariff or refused by name."""
