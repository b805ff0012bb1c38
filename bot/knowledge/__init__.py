"""What the assistant knows: plain, typed Python over the files of `data/`."""
