"""Runs the engine and ends it when the parent is gone, however the parent went.

Started as a script of its own, with the parent's end of a pipe as standard input: the operating
system closes that pipe even when the parent is killed, which no handler in the parent could do.
"""

import os
import signal
import subprocess
import sys
import threading


def die_with_me() -> None:
    """Ask Linux to end the engine if this guard itself is killed; elsewhere the pipe has to do."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - only Linux has prctl

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


def end_when_parent_goes(engine: "subprocess.Popen[bytes]") -> None:
    """Wait for the pipe to close, then end the engine, gently and then not."""
    while os.read(0, 1024):
        pass
    engine.terminate()
    try:
        engine.wait(timeout=8)
    except subprocess.TimeoutExpired:
        engine.kill()


def main(command: list[str]) -> int:
    engine = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=die_with_me)  # noqa: S603, PLW1509
    # Only now: an ignored signal would stay ignored in the engine, which then could not be ended.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=end_when_parent_goes, args=(engine,), daemon=True).start()
    return engine.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
