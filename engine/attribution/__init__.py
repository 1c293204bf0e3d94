"""Where profit came from: every holding between two marks, and everything that was booked besides."""
