"""A speech model of a few megabytes that a test makes itself: it hears "Goede middag." every two seconds.

It has the form of a real one (CTranslate2's Whisper with its list of words), and each word leads to the next: the
embedding of a word is one of sixteen directions, and the projection turns that direction into the word that follows.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

WORDS, LAYER, MELS = 51_865, 16, 80
"""As many words as a model of all languages has."""
END, START, DUTCH, TASK, PREVIOUS, SILENT, NO_TIMES = 50_257, 50_258, 50_271, 50_359, 50_361, 50_362, 50_363
ZERO, TWO = NO_TIMES + 1, NO_TIMES + 101
GOEDE, MIDDAG, UNKNOWN = 0, 1, 2
FOLLOWS = {START: ZERO, TASK: ZERO, ZERO: GOEDE, GOEDE: MIDDAG, MIDDAG: TWO, TWO: END}


def words() -> list[str]:
    """The list of words of the model."""
    named = {
        GOEDE: "Goede",
        MIDDAG: "middag.",
        UNKNOWN: "[UNK]",
        END: "<|endoftext|>",
        START: "<|startoftranscript|>",
        DUTCH: "<|nl|>",
        START + 1: "<|en|>",
        TASK - 1: "<|translate|>",
        TASK: "<|transcribe|>",
        PREVIOUS - 1: "<|startoflm|>",
        PREVIOUS: "<|startofprev|>",
        SILENT: "<|nospeech|>",
        NO_TIMES: "<|notimestamps|>",
    }
    named |= {ZERO + step: f"<|{step * 0.02:.2f}|>" for step in range(WORDS - ZERO)}
    return [named.get(number, f"w{number}") for number in range(WORDS)]


def make(folder: Path) -> Path:
    """Write the model into `folder` and return it."""
    from ctranslate2.specs import WhisperSpec

    random = np.random.default_rng(3)
    spec = WhisperSpec(1, 2, 1, 2)
    spec.config.lang_ids = [DUTCH]
    spec.config.suppress_ids, spec.config.suppress_ids_begin, spec.config.alignment_heads = [], [], [(0, 0)]
    _fill(spec.encoder, random)
    spec.encoder.conv1.weight = _some(random, LAYER, MELS, 3)
    spec.encoder.conv2.weight = _some(random, LAYER, LAYER, 3)
    spec.encoder.position_encodings.encodings = _some(random, 1500, LAYER)
    _fill(spec.decoder, random)
    spec.decoder.position_encodings.encodings = np.zeros((448, LAYER), np.float32)
    spec.decoder.embeddings.weight = np.zeros((WORDS, LAYER), np.float32)
    spec.decoder.projection.weight = np.zeros((WORDS, LAYER), np.float32)
    for direction, (word, following) in enumerate(FOLLOWS.items()):
        spec.decoder.embeddings.weight[word, direction] = 10
        spec.decoder.projection.weight[following, direction] = 10
    spec.register_vocabulary(words())
    spec.validate()
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer()))
    return folder


def _some(random: np.random.Generator, *shape: int) -> np.ndarray:
    return (random.standard_normal(shape) * 0.02).astype(np.float32)


def _fill(spec: object, random: np.random.Generator) -> None:
    """Give one half of the model its weights; what its layers add is nothing."""
    for name, size in (("layer_norm", 1), ("layer_norm_embedding", 1)):
        norm = getattr(spec, name, None)
        if norm is not None and hasattr(norm, "gamma"):
            norm.gamma, norm.beta = np.ones(LAYER, np.float32) * size, np.zeros(LAYER, np.float32)
    for conv in ("conv1", "conv2"):
        if hasattr(spec, conv):
            getattr(spec, conv).bias = np.zeros(LAYER, np.float32)
    for layer in spec.layer:  # type: ignore[attr-defined]  # the library has no types
        parts = [("self_attention", 3), *([("attention", 2)] if hasattr(layer, "attention") else [])]
        for name, _ in parts:
            attention = getattr(layer, name)
            attention.layer_norm.gamma = np.ones(LAYER, np.float32)
            attention.layer_norm.beta = np.zeros(LAYER, np.float32)
            sizes = [3 * LAYER, LAYER] if name == "self_attention" else [LAYER, 2 * LAYER, LAYER]
            for linear, size in zip(attention.linear, sizes, strict=True):
                linear.weight, linear.bias = np.zeros((size, LAYER), np.float32), np.zeros(size, np.float32)
        layer.ffn.layer_norm.gamma, layer.ffn.layer_norm.beta = np.ones(LAYER, np.float32), np.zeros(LAYER, np.float32)
        for linear, shape in ((layer.ffn.linear_0, (4 * LAYER, LAYER)), (layer.ffn.linear_1, (LAYER, 4 * LAYER))):
            linear.weight, linear.bias = np.zeros(shape, np.float32), np.zeros(shape[0], np.float32)


def _tokenizer() -> dict[str, object]:
    listed = words()
    special = list(range(END, WORDS))
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": number,
                "content": listed[number],
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for number in special
        ],
        "normalizer": None,
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": "[UNK]",
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "vocab": {word: number for number, word in enumerate(listed)},
            "merges": [],
        },
    }
