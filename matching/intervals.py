"""How sure a share is that was counted on a sample."""

import math

Z = 1.959964  # of a 95 % interval


def wilson(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share; of nothing it is from nought to one."""
    if not of:
        return 0.0, 1.0
    share = right / of
    spread = Z * math.sqrt(share * (1 - share) / of + Z**2 / (4 * of**2))
    centre, whole = share + Z**2 / (2 * of), 1 + Z**2 / of
    return (centre - spread) / whole, (centre + spread) / whole
