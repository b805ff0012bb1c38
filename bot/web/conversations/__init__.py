"""Conversations: what was said, who may speak, and the way to Rasa and back. Free of HTTP below `api`."""
