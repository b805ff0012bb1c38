"""Measures how well messages are understood, one concept a module.

Downwards: `judged` (one message) → `bootstrap`, `scores`, `calibration` (many) → `experiments` (cross-validation and
learning curve), `cost`, `pipelines` (others beside ours) → `results` (all figures) → `tables` → `page` (HTML), `docs`,
`record`.
"""
