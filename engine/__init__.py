"""The core: market events in, decisions, fills, settlement and an exact account out; no input or output."""
