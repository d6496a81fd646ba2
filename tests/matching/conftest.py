"""Says in the last lines what judged pairs there were none of."""

WITHOUT_DATA: list[str] = []


def pytest_terminal_summary(terminalreporter) -> None:
    for why in WITHOUT_DATA:
        terminalreporter.write_line(f"not tested: {why}")
