"""Other people's published inventories, each record turned into a listed site or refused."""
