"""Payment adapters: the only places where money enters or leaves the site's books."""
