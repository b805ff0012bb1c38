"""The command line: run, train, talk, parse, check and the rest, one command a module."""
