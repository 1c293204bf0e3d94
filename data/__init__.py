"""Market data: vendor files in, canonical columns in a store, snapshots out in time order."""
