"""What trading and holding cost: commission schedules, interest, borrowed shares, and cash that comes and goes."""
