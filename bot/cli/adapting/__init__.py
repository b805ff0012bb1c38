"""Adapting the sentence encoder to the training examples: `network` (e5's last layers), `learning` (how they learn)."""
