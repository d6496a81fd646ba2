"""The parts of the nested read's benchmark: data, questions, processes, load and rounds."""
