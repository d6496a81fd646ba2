"""Functions as machine code."""

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(function: Callable[..., Any]) -> Any:
    """Compile at the first call, and keep that for later processes where a folder can be written.

    The folder is numba's NUMBA_CACHE_DIR, else beside this file, else the user's cache.
    """
    fast = {"contract", "nnan", "ninf", "nsz", "reassoc", "arcp"}
    try:
        return njit(cache=True, error_model="numpy", nogil=True, fastmath=fast)(function)
    except RuntimeError:
        return njit(error_model="numpy", nogil=True, fastmath=fast)(function)
