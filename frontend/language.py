"""Every word of pages and letters passes through here, so that Welsh can follow."""

from __future__ import annotations

import gettext as _gettext

TRANSLATIONS = _gettext.NullTranslations()
_ = TRANSLATIONS.gettext
ngettext = TRANSLATIONS.ngettext


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Marks a message that is translated where it is shown."""
    return message
