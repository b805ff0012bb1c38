"""The values of a JSON array or of JSON lines, one at a time: an open dataset may be larger than the memory."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from bot.knowledge.errors import DataError

_CHUNK = 1 << 20  # bytes
_LONGEST = 8 << 20  # characters of one value; a record of an open dataset has a few thousand


def objects(file: Path, stream: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Yield pairs (line on which it begins, value). `file` serves to name faults.

    Raises `DataError` with the line where the text is not JSON or not UTF-8.
    """
    reader = _Reader(file, stream)
    in_array = reader.take("[")
    while (character := reader.peek()) and not (in_array and character == "]"):
        line = reader.line
        yield line, reader.value()
        comma = reader.take(",")
        if in_array and not comma and reader.peek() != "]":
            raise reader.fault("a comma or a closing bracket is missing")
    if in_array and not reader.take("]"):
        raise reader.fault("the array is not closed")
    if reader.peek():
        raise reader.fault("there is something after the array")


class _Reader:
    """A window on a stream of text that moves on value by value."""

    def __init__(self, file: Path, stream: BinaryIO) -> None:
        self.line = 1
        self._file = file
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._json = json.JSONDecoder()
        self._text = ""
        self._at = 0

    def peek(self) -> str:
        """The next character that is not white, or nothing at the end."""
        while True:
            end = self._at
            while end < len(self._text) and self._text[end] in " \t\r\n":
                end += 1
            self._move(end)
            if end < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def take(self, character: str) -> bool:
        """Pass over `character` if it is the next; tell whether it was."""
        if self.peek() != character:
            return False
        self._move(self._at + 1)
        return True

    def value(self) -> Any:
        """The next value."""
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > _LONGEST or not self._more():
                    self._move(min(error.pos, len(self._text)))
                    raise self.fault(error.msg) from None
            except RecursionError:
                raise self.fault("nested too deeply") from None
            except ValueError:  # of thousands
                raise self.fault("a number has too many digits") from None
            else:
                self._move(end)
                return value

    def fault(self, message: str) -> DataError:
        """A fault where the window stands."""
        mend = "check the quotes, commas and brackets of this line and the one above"
        return DataError(self._file, self.line, f"not valid JSON: {message}", mend)

    def _move(self, end: int) -> None:
        self.line += self._text.count("\n", self._at, end)
        self._at = end

    def _more(self) -> bool:
        """Read on; False at the end of the stream."""
        raw = self._stream.read(_CHUNK)
        try:
            new = self._decode(raw, not raw)
        except UnicodeDecodeError as error:
            read = self._text.count("\n", self._at) + error.object[: error.start].count(b"\n")
            raise DataError(self._file, self.line + read, "the file is not UTF-8", "save it as UTF-8") from None
        self._text = self._text[self._at :] + new
        self._at = 0
        return bool(raw)
