"""Many texts read at once."""

from collections import Counter
from collections.abc import Sequence

from matching.forms import Form, Forms
from matching.terms import read
from matching.weights import FEWEST_FOR_MACHINE_CODE, Counts


def table(texts: Sequence[str]) -> tuple[Counts, Forms]:
    """The counts of each text, and how often each stem was written in which form."""
    if len(texts) >= FEWEST_FOR_MACHINE_CODE:
        from matching.tally import Tally  # noqa: PLC0415 - half a second, which few do without

        return Tally(texts).table()
    readings = [read(text) for text in texts]
    forms = Counter[Form]()
    for reading in readings:
        forms.update(reading.forms)
    return Counts.of(readings), Forms(forms)
