# mypy: disable-error-code="no-untyped-def, assignment"
"""Texts cut into words, words numbered and counted, as machine code; see `readings.py`."""

import numpy as np

from matching.compiling import compiled

LOWER = np.uint64(2**32 - 1)
UPPER = np.uint64(2**64 - 2**32)


@compiled
def rehashed(hashes, size):
    """A table of words, each in the first free place from where its hash points.

    An entry is the upper half of the hash, and below it the word's number plus one.
    """
    slots = np.zeros(size, dtype=np.uint64)
    mask = np.uint64(size - 1)
    for number in range(len(hashes)):
        at = hashes[number] & mask
        while slots[at]:
            at = (at + np.uint64(1)) & mask
        slots[at] = (hashes[number] & UPPER) | np.uint64(number + 1)
    return slots


@compiled
def is_spelt(letters, start, stop, pool, begun, ended):
    if ended - begun != stop - start:
        return False
    for at in range(stop - start):
        if letters[start + at] != pool[begun + at]:
            return False
    return True


@compiled
def numbered(letters, start, stop, lexicon, known):
    """The number of a word; if it is `known`, the word is new and has been taken in."""
    slots, hashes, pool, ends = lexicon
    value = np.uint64(14695981039346656037)
    for at in range(start, stop):
        value = (value ^ np.uint64(letters[at])) * np.uint64(1099511628211)
    value ^= value >> np.uint64(29)
    mask = np.uint64(len(slots) - 1)
    at = value & mask
    while slots[at]:
        if slots[at] & UPPER == value & UPPER:
            number = np.int64(slots[at] & LOWER) - 1
            if is_spelt(letters, start, stop, pool, ends[number], ends[number + 1]):
                return number
        at = (at + np.uint64(1)) & mask
    slots[at] = (value & UPPER) | np.uint64(known + 1)
    hashes[known] = value
    begun = ends[known]
    for letter in range(stop - start):
        pool[begun + letter] = letters[start + letter]
    ends[known + 1] = begun + stop - start
    return known


@compiled
def worded(texts, is_letter, lexicon, known, words, word_ends):
    """Cut texts into words of two letters or more; how many different ones are known afterwards.

    The hash is Fowler, Noll and Vo's, over code points.
    """
    letters, ends = texts
    total = 0
    for text in range(len(ends) - 1):
        at = ends[text]
        while at < ends[text + 1]:
            start = at
            while is_letter[letters[at]]:
                at += 1
            if at - start > 1:
                number = numbered(letters, start, at, lexicon, known)
                known = max(known, number + 1)
                words[total] = number
                total += 1
            at += 1
        word_ends[text + 1] = total
    return known


@compiled
def tallied(words, ends, stems, is_welsh, seen, out, sizes):
    """Count the stems of each text, in the order of their first words; how many there are in all.

    `seen` has, for each stem, where `out` counts it: the last time that it was met.
    """
    total = 0
    for text in range(len(ends) - 1):
        begun = total
        language = 1 if is_welsh[text] else 0
        for at in range(ends[text], ends[text + 1]):
            stem = stems[language, words[at]]
            if stem < 0:
                continue
            place = seen[stem]
            if place < begun:
                seen[stem] = total
                out[0, total] = stem
                out[1, total] = 1
                out[2, total] = at - ends[text]
                total += 1
            else:
                out[1, place] += 1
        sizes[text] = total - begun
    return total
