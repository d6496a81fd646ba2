# mypy: disable-error-code="no-untyped-def, assignment"
"""The exact first pass as machine code: scatter, bound, verify.

A row is split at the `cut` commonest words. What two rows share of the rest is summed over postings
of one tile of documents, which stay in the processor's cache; what they can share of the common
part is at most the product of its two lengths (Cauchy and Schwarz; Anastasiu and Karypis, L2AP,
2014). Where both together do not reach the last place of either list, the pair is done with. What
is left is scored exactly, for both lists at once.

Words are numbered from the commonest, and a row's words ascend. Scores are float64; the sums that
bounds are made of are float32, and floors lie a margin below the last place to allow for it.
"""

import numpy as np

from matching.compiling import compiled

NOTHING = 1e-9  # where a list has room left, whatever shares anything may enter
LANES = 64  # positions that are bounded at once
ROUND = 1e12
UNRANKED = 2**62


@compiled
def are_apart(bodies, starts, partners, one, other):
    """Tell whether two documents are of bodies that do not work together in either."""
    if bodies[one] == bodies[other]:
        return False
    for at in range(starts[one], starts[one + 1]):
        if partners[at] == bodies[other]:
            return False
    for at in range(starts[other], starts[other + 1]):
        if partners[at] == bodies[one]:
            return False
    return True


@compiled
def spread(ends, words, values, row, space):
    """Lay a row out over all words."""
    for at in range(ends[row], ends[row + 1]):
        space[words[at]] = values[at]


@compiled
def cleared(ends, words, row, space):
    for at in range(ends[row], ends[row + 1]):
        space[words[at]] = 0.0


@compiled
def product(ends, words, values, space, row):
    """The score of a row and the one that is laid out, to twelve decimals."""
    total = 0.0
    for at in range(ends[row], ends[row + 1]):
        total += space[words[at]] * values[at]
    return np.round(total * ROUND) / ROUND


@compiled
def listed(scores, places, ranks, row, score, place):
    """Put a place in a row's list, if it belongs there: by score, ties by the rank of the id."""
    mine, theirs = scores[row], places[row]
    last = len(mine) - 1
    if score < mine[last]:
        return
    if score == mine[last] and theirs[last] >= 0 and ranks[place] >= ranks[theirs[last]]:
        return
    for at in range(last + 1):
        if theirs[at] == place:
            return
    at = last
    while at > 0 and (
        mine[at - 1] < score
        or (mine[at - 1] == score and (theirs[at - 1] < 0 or ranks[theirs[at - 1]] > ranks[place]))
    ):
        mine[at] = mine[at - 1]
        theirs[at] = theirs[at - 1]
        at -= 1
    mine[at] = score
    theirs[at] = place


@compiled
def floor_of(scores, row, margin):
    """What a bound must reach for a pair to be looked at for a row's list."""
    return np.float32(max(scores[row, -1] - margin, NOTHING))


@compiled
def counted(ends, words, cut, start, stop, posts):
    """How many of some documents have each word from `cut` on, summed up: where its list begins."""
    for at in range(ends[start], ends[stop]):
        if words[at] >= cut:
            posts[words[at] - cut + 1] += 1
    for word in range(len(posts) - 1):
        posts[word + 1] += posts[word]


@compiled
def posted(ends, words, values, cut, start, stop, posts, ids, shares):
    """Fill the lists; afterwards `posts` has where each ends, which is where the next begins."""
    for row in range(start, stop):
        for at in range(ends[row], ends[row + 1]):
            if words[at] >= cut:
                place = posts[words[at] - cut]
                ids[place] = row - start
                shares[place] = values[at]
                posts[words[at] - cut] = place + 1


@compiled
def scattered(ends, words, values, row, cut, posts, ids, shares, sums):
    """Add to each document of a tile what it shares with a row of the words from `cut` on."""
    for at in range(ends[row], ends[row + 1]):
        word = words[at] - cut
        if word >= 0:
            weight = values[at]
            start = posts[word - 1] if word > 0 else 0
            for place in range(np.uint64(start), np.uint64(posts[word])):
                sums[ids[place]] += weight * shares[place]


@compiled
def excess(sums, lengths, floors, length, floor):
    """How far the bounds of some pairs exceed the lower of their floors, together: often nothing.

    A sum, since the compiler makes wide instructions of it, and of a maximum it does not.
    """
    total = np.float32(0)
    for at in range(LANES):
        over = sums[at] + length * lengths[at] - min(floor, floors[at])
        total += over if over > 0 else np.float32(0)
    return total


@compiled
def last_rank(scores, places, ranks, row):
    """The rank from which on nobody enters a row's list: of one full of ones, since none is above."""
    return ranks[places[row, -1]] if scores[row, -1] >= 1 else UNRANKED


@compiled
def block_met(rows, group, lists, row, base, span, room, is_spread):
    """Score what may belong in a list, a row's or another's; the row's floor afterwards."""
    ends, words, values, _, lengths = rows
    bodies, starts, partners = group
    scores, places, floors, ranks, margin = lists
    sums, space = room
    length, floor, last = lengths[row], floors[row], last_rank(scores, places, ranks, row)
    for at in range(span[0], span[1]):
        other = base + at
        if sums[at] + length * lengths[other] < min(floor, floors[other]):
            continue
        # Copies of one text by the thousand: all tie, and the first by rank have their places.
        if ranks[other] >= last and ranks[row] >= last_rank(scores, places, ranks, other):
            continue
        if not are_apart(bodies, starts, partners, row, other):
            continue
        if not is_spread:
            spread(ends, words, values, row, space)
            is_spread = True
        score = product(ends, words, values, space, other)
        if score <= 0:
            continue
        if score >= floor:
            listed(scores, places, ranks, row, score, other)
            floor = floor_of(scores, row, margin)
            floors[row] = floor
            last = last_rank(scores, places, ranks, row)
        if score >= floors[other]:
            listed(scores, places, ranks, other, score, row)
            floors[other] = floor_of(scores, other, margin)
    return floor, is_spread


@compiled
def tiles_met(rows, group, lists, ours, theirs, posts, room, cut):
    """Meet every document of one tile with every one of another, or each pair of one tile once.

    `rows` = (ends, words, values, coarse values, lengths of common parts), `group` = (bodies,
    starts, partners), `lists` = (scores, places, floors, ranks, margin), `ours` and `theirs` = (start,
    stop), `posts` are of theirs, `room` = (sums, space) is this thread's own.
    """
    ends, words, _, coarse, lengths = rows
    floors, sums, space = lists[2], room[0], room[1]
    base, width = theirs[0], theirs[1] - theirs[0]
    blocks = (width + LANES - 1) // LANES
    is_same = ours[0] == base
    for row in range(ours[0], ours[1]):
        sums[: blocks * LANES] = 0
        scattered(ends, words, coarse, row, cut, posts[0], posts[1], posts[2], sums)
        is_spread = False
        length, floor = lengths[row], floors[row]
        first = row + 1 - base if is_same else 0
        for block in range(first // LANES, blocks):
            begin = block * LANES
            here = base + begin
            stop, end = begin + LANES, here + LANES
            near = sums[begin:stop]
            if excess(near, lengths[here:end], floors[here:end], length, floor) <= 0:
                continue
            floor, is_spread = block_met(
                rows,
                group,
                lists,
                row,
                base,
                (max(begin, first), min(begin + LANES, width)),
                room,
                is_spread,
            )
        if is_spread:
            cleared(ends, words, row, space)


@compiled
def likely(ends, words, coarse, row, cut, lists, budget, sums, touched):
    """Sum what others share with a row of its rarest words, as far as the budget of postings goes."""
    posts, ids, shares = lists
    count = 0
    for at in range(ends[row + 1] - 1, ends[row] - 1, -1):
        word = words[at] - cut
        if word < 0:
            break
        start = posts[word - 1] if word > 0 else 0
        budget -= posts[word] - start
        if budget < 0:
            break
        for place in range(np.uint64(start), np.uint64(posts[word])):
            other = ids[place]
            if sums[other] == 0:
                touched[count] = other
                count += 1
            sums[other] += coarse[at] * shares[place]
    return count


@compiled
def ranked(best, parts, found, place, value):
    """Put a place among the best by value, the last of a full list giving way; how many there are."""
    into = min(found, len(best) - 1)
    while into > 0 and parts[into - 1] < value:
        parts[into] = parts[into - 1]
        best[into] = best[into - 1]
        into -= 1
    parts[into] = value
    best[into] = place
    return min(found + 1, len(best))


@compiled
def begun(rows, group, lists, cut, posts, part, room):
    """Begin the lists of some documents with exact scores of a few likely ones: floors to start from."""
    ends, words, values, coarse, _ = rows
    bodies, starts, partners = group
    scores, places, floors, ranks, margin = lists
    sums, space, touched, best, parts = room
    most = len(best)
    for row in range(part[0], part[1]):
        count = likely(ends, words, coarse, row, cut, posts, len(touched), sums, touched)
        found, floor = 0, np.float32(0)
        for at in range(count):
            other = touched[at]
            value = sums[other]
            sums[other] = 0
            if value <= floor or not are_apart(bodies, starts, partners, row, other):
                continue
            found = ranked(best, parts, found, other, value)
            if found == most:
                floor = parts[most - 1]
        spread(ends, words, values, row, space)
        for at in range(found):
            score = product(ends, words, values, space, best[at])
            if score > 0:
                listed(scores, places, ranks, row, score, best[at])
        cleared(ends, words, row, space)
        floors[row] = floor_of(scores, row, margin)


@compiled
def rescored(rows, group, lists, part, room):
    """Begin lists from earlier ones: each place scored anew, for weights have changed since."""
    ends, words, values, _, _ = rows
    bodies, starts, partners = group
    scores, places, floors, ranks, margin = lists
    space, earlier = room
    for row in range(part[0], part[1]):
        spread(ends, words, values, row, space)
        for at in range(earlier.shape[1]):
            other = earlier[row, at]
            if other < 0 or not are_apart(bodies, starts, partners, row, other):
                continue
            score = product(ends, words, values, space, other)
            if score > 0:
                listed(scores, places, ranks, row, score, other)
        cleared(ends, words, row, space)
        floors[row] = floor_of(scores, row, margin)


@compiled
def foremost(sums, apart, best, parts):
    """The places of the largest sums, those apart passed over; how many there are."""
    found, floor, most = 0, np.float32(0), len(best)
    for at in range(len(sums)):
        if sums[at] <= floor or not apart[at]:
            continue
        found = ranked(best, parts, found, at, sums[at])
        if found == most:
            floor = parts[most - 1]
    return found


@compiled
def enters(scores, places, ranks, row, score, rank):
    """Tell whether a score of somebody with this rank belongs in a row's list."""
    last = scores[row, -1]
    return score > last or (
        score == last and (places[row, -1] < 0 or rank < ranks[places[row, -1]])
    )


@compiled
def stranger_met(row, rows, lists, apart, cut, posts, own, room):
    """Meet one row that is not among the others: its own list, and how many lists it would enter.

    `row` = (ends, words, values, coarse values, length of its common part, rank), `own` = (scores,
    places, entered), `room` = (sums, space, best, parts).
    """
    ends, words, values, coarse, length, rank = row
    scores, places, floors, ranks, margin = lists
    mine, theirs, entered = own
    sums, space, best, parts = room
    count, size, floor = 0, len(apart), np.float32(NOTHING)
    scattered(ends, words, coarse, 0, cut, posts[0], posts[1], posts[2], sums)
    spread(ends, words, values, 0, space)
    for at in range(foremost(sums[:size], apart, best, parts)):
        listed(
            mine, theirs, ranks, 0, product(rows[0], rows[1], rows[2], space, best[at]), best[at]
        )
    floor = floor_of(mine, 0, margin)
    for begin in range(0, size, LANES):
        stop = begin + LANES
        lengths = rows[4][begin:stop]
        if excess(sums[begin:stop], lengths, floors[begin:stop], length, floor) <= 0:
            continue
        for at in range(begin, min(stop, size)):
            bound = sums[at] + length * rows[4][at]
            if bound < min(floor, floors[at]) or not apart[at]:
                continue
            score = product(rows[0], rows[1], rows[2], space, at)
            if score > 0 and score >= floor:
                listed(mine, theirs, ranks, 0, score, at)
                floor = floor_of(mine, 0, margin)
            if score > 0 and score >= floors[at] and enters(scores, places, ranks, at, score, rank):
                entered[count] = at
                count += 1
    return count


@compiled
def gathered(words, values, rows, places, out):
    """The product of one row, words ascending, with some of others."""
    ends, others, weights = rows
    for at in range(len(places)):
        mine, theirs = 0, ends[places[at]]
        stop = ends[places[at] + 1]
        total = 0.0
        while mine < len(words) and theirs < stop:
            if words[mine] == others[theirs]:
                total += values[mine] * weights[theirs]
                mine += 1
                theirs += 1
            elif words[mine] < others[theirs]:
                mine += 1
            else:
                theirs += 1
        out[at] = total
