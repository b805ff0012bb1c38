"""Measures how well messages are understood, one concept a module.

Downwards: `judged` (one message) → `bootstrap`, `scores`, `calibration` (many) → `examples`, `classifier` (our readers
alone), `experiments` (cross-validation and learning curve), `development` (messages of the development set), `cost`,
`pipelines` (others beside ours) → `results` (all figures) → `charts`, `tables` → `page` (HTML), `docs`, `record`.
"""
