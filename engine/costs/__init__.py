"""What trading and holding cost: commission schedules, exchange and regulatory fees."""
