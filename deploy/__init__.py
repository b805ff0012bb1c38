"""Scripts for those who deploy and maintain the assistant."""
