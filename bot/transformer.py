"""Loads the two small transformers that are kept in git: the encoder of `bot.nlu` and the tagger of `bot.privacy`."""

from __future__ import annotations

from pathlib import Path

import onnxruntime
import sentencepiece


def load(folder: Path, name: str) -> tuple[sentencepiece.SentencePieceProcessor, onnxruntime.InferenceSession]:
    """Return the tokenizer and the network of that name.

    Raises:
        FileNotFoundError: when one of them is not there.
    """
    network, pieces = folder / f"{name}.onnx", folder / "pieces.model"
    for file in (network, pieces):
        if not file.is_file():
            raise FileNotFoundError(f"{file} is missing: take it back from git, or `make {name}`")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # one short message at a time; more threads only wait for each other
    return (
        sentencepiece.SentencePieceProcessor(model_file=str(pieces)),
        onnxruntime.InferenceSession(str(network), options, ["CPUExecutionProvider"]),
    )
