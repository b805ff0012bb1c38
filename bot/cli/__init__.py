"""The command line: run, train, talk, parse, check, one command a module."""
