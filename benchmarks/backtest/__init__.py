"""The whole engine over five years of large chains, everything on."""
