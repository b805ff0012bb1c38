"""Messaging apps: what people write there comes in by a webhook, what is said goes out by an outbox."""
