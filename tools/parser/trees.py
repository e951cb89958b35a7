"""The teacher's trees of a set that it has labelled, as CoNLL-U: trees.py SET > FILE."""

import pickle
import sys

from common import LABELS, path

name = sys.argv[1]
for n, (s, t) in enumerate(zip(pickle.load(open(path("corpus.pkl"), "rb"))[name], pickle.load(open(path(name + ".pkl"), "rb")))):
    print(f"# sent_id = {name}-{n}")
    for i, word in enumerate(s["w"]):
        tags = LABELS["pos"][t["upos"][i]], LABELS["xpos"][t["xpos"][i]]
        print(i + 1, word, "_", *tags, "_", t["head"][i], LABELS["rel"][t["rels"][i][0]], "_", "_", sep="\t")
    print()
