"""Reading past exchanges at the desk and saying what the assistant should have answered."""
