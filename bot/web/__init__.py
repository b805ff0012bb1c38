"""The door: everything that faces people and advisors. Never imports Rasa."""
