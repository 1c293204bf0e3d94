"""Speed, measured: every figure beside a reference of the same run, because absolute figures move with the machine."""
