"""Public pages and files: the widget's source, its words, the demonstration page, health."""
