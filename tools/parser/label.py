"""The teacher's opinion of a set of sentences without trees: label.py SET writes SET.pkl."""

import pickle
import sys

import numpy as np
import torch

from common import batches, path
from teacher import Batch, Sentences, Teacher, trees

corpus, spacy = pickle.load(open(path("corpus.pkl"), "rb")), pickle.load(open(path("spacy.pkl"), "rb"))
sentences = Sentences(sys.argv[1], corpus, spacy["features"])
# transformer_features.py that was cut off leaves rows of zeros behind, and the trees made from them are much worse
for i, n in enumerate(sentences.length):
    if not np.any(sentences.transformer[sentences.start[i]]):
        sys.exit(f"transformer_{sys.argv[1]}.npy: no features of sentence {i}: run transformer_features.py to its end")
model = Teacher(spacy["tags"], spacy["deps"])
model.load_state_dict(torch.load(path("teacher.pt")))
model.eval()
out = [None] * len(sentences.length)
with torch.no_grad():
    for part in batches(sentences.length, 5000, False):
        b = Batch(sentences, part)
        e, nodes, scores, upos, xpos = model(b)
        arcs, upos, xpos = (torch.softmax(x, -1) for x in (scores, upos, xpos))
        head = trees(torch.log(arcs + 1e-9), b.length)
        rels = torch.softmax(model.relations(e, nodes, head), -1)
        best = {
            "head": (head, np.int16), "heads": (arcs.topk(4, -1)[1], np.int16), "arc_p": (arcs.topk(4, -1)[0], np.float16),
            "rels": (rels.topk(3, -1)[1], np.int8), "rel_p": (rels.topk(3, -1)[0], np.float16),
            "upos": (upos.max(-1)[1], np.int8), "upos_p": (upos.max(-1)[0], np.float16),
            "xpos": (xpos.max(-1)[1], np.int8), "xpos_p": (xpos.max(-1)[0], np.float16),
        }
        for j, i in enumerate(part):
            out[i] = {k: v[j, : sentences.length[i]].numpy().astype(kind) for k, (v, kind) in best.items()}
pickle.dump(out, open(path(sys.argv[1] + ".pkl"), "wb"), protocol=4)
print("mean probability of the best head", np.mean([o["arc_p"][:, 0].astype(float).mean() for o in out]))
