# mypy: disable-error-code="no-untyped-def, assignment"
"""Texts cut into words, words numbered and counted, as machine code; see `readings.py`.

Everything is UTF-8. A table of different words, `strings` below, is (slots, pool, ends): word number
n is pool[ends[n] : ends[n + 1] - 1], with a line break behind it; a slot has the upper half of a
word's hash, and below it the number plus one. Each word stands in the first free slot from where its
hash points. Loops never put another array in the place of one: that costs more than all the rest.
"""

import numpy as np

from matching.compiling import compiled

LOWER = np.uint64(2**32 - 1)
HALF = np.uint64(32)
SEED, PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)  # Fowler, Noll and Vo
ASCII, TWO, THREE, FOUR = 0x80, 0xE0, 0xF0, 0xF8  # first bytes of longer characters are below these
END = 255  # of a text: no byte of UTF-8
LONG_ROW = 300
LINE, UNDERSCORE, NOUGHT, NINE, A, Z = np.frombuffer(b"\n_09az", dtype=np.uint8)


@compiled
def hashed(some, start, stop):
    value = SEED
    for at in range(start, stop):
        value = (value ^ np.uint64(some[at])) * PRIME
    return value ^ (value >> HALF)


@compiled
def rehashed(strings, known, size):
    """Slots for the words that are known, so many."""
    _, pool, ends = strings
    slots = np.zeros(size, dtype=np.uint64)
    mask = np.uint64(size - 1)
    for number in range(known):
        value = hashed(pool, ends[number], ends[number + 1] - 1)
        at = value & mask
        while slots[at]:
            at = (at + np.uint64(1)) & mask
        slots[at] = (value >> HALF << HALF) | np.uint64(number + 1)
    return slots


@compiled
def found(some, start, length, value, slots, pool, ends):
    """The number of a word; if it has none, where its slot would be, below -1."""
    mask = np.uint64(len(slots) - 1)
    slot = value & mask
    while slots[slot]:
        if (slots[slot] ^ value) >> HALF == 0:
            number = np.int64(slots[slot] & LOWER) - 1
            begun = ends[number]
            if ends[number + 1] - begun == length + 1:
                same = 0
                while same < length and pool[begun + same] == some[start + same]:
                    same += 1
                if same == length:
                    return number
        slot = (slot + np.uint64(1)) & mask
    return -2 - np.int64(slot)


@compiled
def added(some, start, length, value, strings, known, slot):
    """Take a word in, if there is room for it; tell whether there was."""
    slots, pool, ends = strings
    begun = ends[known]
    if known + 1 == len(ends) or begun + length + 1 > len(pool):
        return False
    slots[slot] = (value >> HALF << HALF) | np.uint64(known + 1)
    for at in range(length):
        pool[begun + at] = some[start + at]
    pool[begun + length] = LINE
    ends[known + 1] = begun + length + 1
    return True


@compiled
def decoded(some, at):
    """The character that begins at a place with a byte beyond ASCII, and its length; 0 for none."""
    first = np.int64(some[at])
    if first < TWO:
        return (first & 0x1F) << 6 | np.int64(some[at + 1] & 0x3F), 2
    code = np.int64(some[at + 1] & 0x3F) << 6 | np.int64(some[at + 2] & 0x3F)
    if first < THREE:
        return (first & 0x0F) << 12 | code, 3
    if first < FOUR:
        return (first & 0x07) << 18 | code << 6 | np.int64(some[at + 3] & 0x3F), 4
    return 0, 1


@compiled
def worded(texts, is_letter, strings, place, words, word_ends):
    """Cut texts, each with `END` behind it, into words of two letters or more.

    `place` = (where to go on, texts done, words done, words known); another such, short of the end
    where there is no more room.
    """
    at, text, total, known = place
    slots, pool, ends = strings
    while at < len(texts):
        start, letters, value = at, 0, SEED
        code, size = np.int64(texts[at]), 1
        if code >= ASCII:
            code, size = decoded(texts, at)
        while is_letter[code]:
            for byte in range(at, at + size):
                value = (value ^ np.uint64(texts[byte])) * PRIME
            at += size
            letters += 1
            code, size = np.int64(texts[at]), 1
            if code >= ASCII:
                code, size = decoded(texts, at)
        if letters > 1:
            value ^= value >> HALF
            number = found(texts, start, at - start, value, slots, pool, ends)
            if number < 0:
                if not added(texts, start, at - start, value, strings, known, -2 - number):
                    return start, text, total, known
                number = known
                known += 1
            words[total] = number
            total += 1
        if texts[at] == END:
            text += 1
            word_ends[text] = total
        at += size
    return at, text, total, known


@compiled
def numbered(lines, strings, place, numbers):
    """The number of each line, new ones taken in; `place` = (where to go on, lines done, known)."""
    at, line, known = place
    slots, pool, ends = strings
    while at < len(lines):
        stop = at
        while lines[stop] != LINE:
            stop += 1
        value = hashed(lines, at, stop)
        number = found(lines, at, stop - at, value, slots, pool, ends)
        if number < 0:
            if not added(lines, at, stop - at, value, strings, known, -2 - number):
                return at, line, known
            number = known
            known += 1
        numbers[line] = number
        line += 1
        at = stop + 1
    return at, line, known


@compiled
def plain(strings, start, stop, longest):
    """Which words are their own lower case, and neither an amount nor a blob."""
    _, pool, ends = strings
    are_plain = np.zeros(stop - start, dtype=np.bool_)
    for number in range(start, stop):
        begun, ended = ends[number], ends[number + 1] - 1
        if ended - begun > longest or NOUGHT <= pool[begun] <= NINE:
            continue
        at = begun
        while at < ended and (
            A <= pool[at] <= Z or NOUGHT <= pool[at] <= NINE or pool[at] == UNDERSCORE
        ):
            at += 1
        are_plain[number - start] = at == ended
    return are_plain


@compiled
def languages(words, ends, small, is_welsh):
    """Tell Welsh texts by their small words."""
    for text in range(len(ends) - 1):
        more = 0
        for at in range(ends[text], ends[text + 1]):
            more += small[words[at]]
        is_welsh[text] = more > 0


@compiled
def tallied(words, ends, is_welsh, stems, times, seen, out, sizes):
    """Count the stems of each text, in the order of their first words; how many there are in all.

    `stems` and `times` are of each word, in English and in Welsh; stem 0 is none. `seen` has, for
    each stem, where `out` counts it: the last time that it was met.
    """
    total = 0
    for text in range(len(ends) - 1):
        begun = total
        stem_of, met = stems[0], times[0]
        if is_welsh[text]:
            stem_of, met = stems[1], times[1]
        for at in range(ends[text], ends[text + 1]):
            met[words[at]] += 1
            stem = stem_of[words[at]]
            if stem == 0:
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


@compiled
def beginnings(strings, known):
    """The first eight bytes of each word as a number, of which a smaller one stands earlier."""
    _, pool, ends = strings
    keys = np.zeros(known, dtype=np.uint64)
    for number in range(known):
        begun, ended = ends[number], ends[number + 1] - 1
        for at in range(begun, begun + 8):
            keys[number] = keys[number] << np.uint64(8) | (
                np.uint64(pool[at]) if at < ended else np.uint64(0)
            )
    return keys


@compiled
def smaller(row, column):
    count = np.int32(0)
    for at in range(len(row)):
        count += np.int32(row[at] < column)
    return count


@compiled
def ordered(columns, ends, order):
    """Where the columns of each row stand when they ascend; long rows are left out.

    The columns of a row differ, so as many are smaller as stand before it: the compiler makes wide
    instructions of that, and of sorting it does not.
    """
    for row in range(len(ends) - 1):
        begun, ended = ends[row], ends[row + 1]
        if ended - begun <= LONG_ROW:
            mine = columns[begun:ended]
            for at in range(len(mine)):
                order[begun + smaller(mine, mine[at])] = begun + at
