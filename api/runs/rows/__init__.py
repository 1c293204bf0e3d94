"""How finished runs fill the tables; reading them needs nothing of this."""
