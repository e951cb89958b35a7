"""What the network computes for the sentences of a reference file, for a Go test: reference.py MODEL.safetensors FILE.json."""

import json
import sys

import torch

import lstm
from common import word_features
from student import Student, read


class One:
    def __init__(self, words):
        self.words = torch.tensor([[word_features(w) for w in words]])
        self.length, self.mask = torch.tensor([len(words)]), torch.ones(1, len(words), dtype=torch.bool)


lstm.kind = torch.float32
model = Student()
model.load_state_dict(read(sys.argv[1])[1])
model.eval()
sentences = json.load(open(sys.argv[2]))
with torch.no_grad():
    for s in sentences:
        x, nodes, may, upos, xpos, ner, scores = model(One(s["words"]))
        head = may[0].argmax(-1)
        best = lambda t: t[0].argmax(-1).tolist()
        s.update(head=head.tolist(), rel=best(model.relations(x, nodes, head[None])), upos=best(upos), xpos=best(xpos), ner=best(ner))
        s.update(enc0=[round(float(v), 5) for v in x[0, 0, :8]], arc0=[round(float(v), 5) for v in scores[0, 0, : len(s["arc0"])]])
json.dump(sentences, open(sys.argv[2], "w"))
