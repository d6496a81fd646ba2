"""Instants as fixed-width UTC text: they sort, compare and travel unchanged on both engines."""

from datetime import UTC, datetime, timedelta


def instant(moment: datetime) -> str:
    """Write an aware moment as `2026-11-23T09:00:00.000Z`."""
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='milliseconds')}Z"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def later(text: str, seconds: float) -> str:
    return instant(moment(text) + timedelta(seconds=seconds))
