"""What advisors add to a request for themselves, who looks at it, and the notices sent when nobody does."""
