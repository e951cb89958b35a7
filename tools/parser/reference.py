"""What the network computes for the sentences of a reference file, for a Go test: reference.py MODEL.safetensors FILE.json."""

import json
import sys

import torch

from network import Student, read
from words import features

sentences = json.load(open(sys.argv[2]))
index = {w: i for i, w in enumerate(dict.fromkeys(w for s in sentences for w in s["words"]))}
tensors = read(sys.argv[1])[1]
model = Student(torch.tensor([features(w) for w in index]), len(tensors["root"])).load(tensors).eval()
with torch.no_grad():
    for s in sentences:
        out = model(torch.tensor([[index[w] for w in s["words"]]]))
        head = out.heads.argmax(-1)
        best = lambda t: t[0].argmax(-1).tolist()
        s.update(head=head[0].tolist(), rel=best(model.relations(out, head)), upos=best(out.upos), xpos=best(out.xpos), ner=best(out.ner))
        arcs = model.arcs(out.states, out.nodes)[0, 0, : len(s["arc0"])]
        s.update(enc0=[round(float(v), 5) for v in out.states[0, 0, :8]], arc0=[round(float(v), 5) for v in arcs])
json.dump(sentences, open(sys.argv[2], "w"))
