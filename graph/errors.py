"""What can go wrong with the graph, said so that a person knows what to do.

GraphTrouble
├── EngineTrouble      the embedded engine cannot run
│   └── FolderInUse    another process has the data folder
├── Unreachable        nothing answers at the address
└── Refused            the engine is there and will not let us in
"""

from pathlib import Path


class GraphTrouble(Exception):
    """The message is one sentence for a person."""


class EngineTrouble(GraphTrouble):
    pass


class FolderInUse(EngineTrouble):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The data folder {path} is in use by another Tandem: "
            "stop that one, or name another folder with --data."
        )


class Unreachable(GraphTrouble):
    pass


class Refused(GraphTrouble):
    pass
