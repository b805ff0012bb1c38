"""The advisors' desk."""
