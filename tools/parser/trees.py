"""The teachers' trees of a set that label.py has read, as CoNLL-U: trees.py SET > FILE."""

import sys

import torch

from sentences import corpus
from words import LABELS, path

name = sys.argv[1]
data, labels = corpus(), torch.load(path(f"labels_{name}.pt"))
head, rel, upos, xpos = (labels[k].tolist() if k == "head" else labels[k].max(-1)[1].tolist() for k in ("head", "rel", "upos", "xpos"))
arrays, at = data["sets"][name], 0
for n, length in enumerate(arrays["length"].tolist()):
    print(f"# sent_id = {name}-{n}")
    for i in range(length):
        word, k = data["words"][arrays["ids"][at + i]], at + i
        print(i + 1, word, "_", LABELS["pos"][upos[k]], LABELS["xpos"][xpos[k]], "_", head[k], LABELS["rel"][rel[k]], "_", "_", sep="\t")
    at += length
    print()
