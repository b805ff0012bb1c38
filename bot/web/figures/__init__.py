"""Figures of what is done here, Cité by Cité and month by month: counts of people, never of fewer than five."""
