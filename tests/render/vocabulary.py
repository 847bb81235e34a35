# SPDX-License-Identifier: Apache-2.0
"""The words that reports are made of: those of the catalogue."""

import functools
import re

import yaml

# Keys of patterns/ whose text a report may say in its own name. What else is
# there quotes programs: samples, literals, sentences of theirs.
_SPOKEN = {"says", "en", "ca", "why", "text", "risk", "check", "headline",
           "later", "title", "summary", "confirm", "words", "command",
           "references", "name"}
# A figure keeps its unit.
_UNITS = {"kib", "mib", "gib", "ms"}
# Ends a row of words: a mark, or a figure.
_BREAK = re.compile(r"[^\w\s'/-]|\d(?: ?(?:[kmg]i?b|ms|s|min|h|d)\b)?")
_RUN = 3  # words in a row: fewer are anybody's
_SHORTEST_RUN = 3 * _RUN - 1  # characters
_WORD = re.compile(r"[^\W\d_]{2,}")


def _words(text):
    return _WORD.findall(text.lower())


def _runs(text):
    """Rows of words with nothing but blanks and marks of a name between."""
    runs = set()
    for part in _BREAK.split(text.lower()):
        if len(part) < _SHORTEST_RUN:
            continue
        words = _WORD.findall(part)
        runs.update(tuple(words[i:i + _RUN])
                    for i in range(len(words) - _RUN + 1))
    return runs


def _spoken(value, key, everything):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _spoken(inner, str(name), everything)
    elif isinstance(value, list):
        for inner in value:
            yield from _spoken(inner, key, everything)
    elif isinstance(value, str) and (everything or key in _SPOKEN):
        yield value


@functools.cache
def _of_log(log):
    # The ways to write a report share the log.
    words, runs = set(_words(log)), set()
    for line in set(log.splitlines()):
        runs |= _runs(line)
    return words, runs


class Vocabulary:
    def __init__(self, source):
        self._words = set(_UNITS)
        self._runs = set()
        self._learn(source / "patterns", False)
        self._learn(source / "reports/texts", True)

    def _learn(self, folder, everything):
        for path in sorted(folder.rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            for part in yaml.load_all(text, Loader=yaml.CSafeLoader):
                for spoken in _spoken(part, "", everything):
                    self._words.update(_words(spoken))
                    self._runs |= _runs(spoken)

    def borrowed(self, prose, log):
        """What sentences share with a log that the catalogue does not say: a
        word of the log's own, or a row of common words."""
        theirs, rows = _of_log(log)
        found = []
        for sentence in prose:
            found += [word for word in _words(sentence)
                      if word in theirs and word not in self._words]
            found += [" ".join(run) for run in
                      (_runs(sentence) & rows) - self._runs]
        return found
