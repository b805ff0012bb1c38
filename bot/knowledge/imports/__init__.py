"""What public data says of the Cités, held against their files: read, recognised, merged, reported, written."""
