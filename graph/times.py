"""Instants as fixed-width UTC text: they sort, compare and travel unchanged on both engines."""

from datetime import UTC, datetime, timedelta


def instant(moment: datetime) -> str:
    """Write an aware moment as `2026-11-23T09:00:00.000Z`."""
    return (
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
    )


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def later(text: str, seconds: float) -> str:
    return instant(moment(text) + timedelta(seconds=seconds))
