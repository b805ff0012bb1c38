"""What advisors add to a request for themselves, who looks at it, and the alerts sent when nobody does."""
