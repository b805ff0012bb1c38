"""The assistant of the Cités des métiers."""
