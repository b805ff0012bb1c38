"""Who did what at the desk, and when: ids and nothing else."""
