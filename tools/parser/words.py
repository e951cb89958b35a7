"""What the network sees of a word, its labels, and where the files are."""

import json
import os
import zlib

import numpy as np

DATA = os.environ.get("KG_DATA", "../../../shared/data")
WORK = os.environ.get("WORK", ".")
MODEL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../internal/nlp/model")

LABELS = json.load(open(os.path.join(MODEL, "model.labels.json")))["labels"]
INDEX = {k: {v: i for i, v in enumerate(x)} for k, x in LABELS.items()}
ROWS = [20000, 4000, 8000, 4000]  # of the tables of hashed features
TABLE = [0, 0, 1, 1, 2, 2, 2, 3]  # the table of each feature


def path(name):
    return os.path.join(WORK, name)


def glove():
    """Word vectors as the network sees them, the last one zero for words without, and the line of each word."""
    words = open(os.path.join(MODEL, "words.txt"), encoding="utf8").read().split("\n")
    vec = np.fromfile(os.path.join(MODEL, "vectors.i8"), np.int8).reshape(-1, 100).astype(np.float32)
    scale = np.fromfile(os.path.join(MODEL, "scales.f32"), np.float32)
    vec = np.concatenate([vec * scale[:, None] / 0.5055249, np.zeros((1, 100), np.float32)])
    return vec, {w: i for i, w in enumerate(words) if w}


GLOVE, LINE = glove()


def shape(word):
    out = ""
    for c in word:
        k = "X" if c.isupper() else "x" if c.islower() else "d" if c.isdecimal() else c
        if out[-4:] != k * 4:
            out += k
    return out


def features(word):
    """Rows of the eight hashed features, then the line of the word's vector."""
    low = word.lower()
    n = "".join("0" if c.isdecimal() else c for c in low)
    h = lambda salt, s, rows: zlib.crc32((salt + s).encode()) % rows
    return [
        h("a", n, 20000), h("b", n, 20000), h("p", n[:3], 4000), h("P", n[:1], 4000), h("s", n[-3:], 8000),
        h("S", n[-2:], 8000), h("4", n[-4:], 8000), h("h", shape(word), 4000),
        LINE.get(low, LINE.get(n, len(GLOVE) - 1)),
    ]


def relation(label):
    r = INDEX["rel"]
    return r.get(label, r.get(label.split(":")[0], r["dep"]))
