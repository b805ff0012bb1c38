"""Personal data kept out: redaction and opaque ids. Imports nothing of the house."""
