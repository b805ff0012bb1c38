"""What tests of several packages share."""

from tests.stack import stack

__all__ = ["stack"]
