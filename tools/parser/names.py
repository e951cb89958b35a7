"""A head for names on the teacher's states, beside the transformer and spaCy's names: writes names_SET.pkl, tags with probabilities.

It learns from what "kg eval ner --examples FOLDER" writes, FOLDER being that of the other files: ner_ewt_train.tsv and
ner_gum_train.tsv.
"""

import glob
import gzip
import os
import pickle
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from common import INDEX, LABELS, ROWS, TABLE, batches, path
from teacher import Batch, Sentences, Teacher, padded

torch.manual_seed(1)
random.seed(1)
TAGS = LABELS["ner"]
corpus, spacy = pickle.load(open(path("corpus.pkl"), "rb")), pickle.load(open(path("spacy.pkl"), "rb"))
ENT = {}
for f in spacy["features"].values():
    for s in f:
        for e in s["ent"]:
            ENT.setdefault(e, len(ENT))
teacher = Teacher(spacy["tags"], spacy["deps"])
teacher.load_state_dict(torch.load(path("teacher.pt")))
teacher.eval()


def gold(name):
    out, cur = [], []
    for line in open(path(f"ner_{name}.tsv"), encoding="utf8"):
        line = line.rstrip("\n")
        if not line:
            if cur:
                out.append(cur)
            cur = []
        else:
            cur.append(line.split("\t"))
    assert len(out) == len(corpus[name]), (len(out), len(corpus[name]))
    res = []
    for g, s in zip(out, corpus[name]):
        assert len(g) == len(s["w"])
        res.append(np.array([INDEX["ner"].get(t, -1) for _, t in g]))
    return res


def states(name):
    s = Sentences(name, corpus, spacy["features"])
    hold = [None] * len(s.length)
    with torch.no_grad():
        for part in batches(s.length, 5000, False):
            b = Batch(s, part)
            e = teacher(b)[0][:, :, :448]
            for j, i in enumerate(part):
                hold[i] = e[j, : s.length[i]].numpy().astype(np.float16)
    s.states = hold
    s.ent = [np.array([ENT[e] for e in f["ent"]]) for f in s.spacy]
    return s


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.E = nn.ModuleList([nn.Embedding(n, 24) for n in ROWS])
        for e in self.E:
            nn.init.normal_(e.weight, 0, 0.1)
        self.ent = nn.Embedding(len(ENT), 32)
        W = 448 + 2304 + 32 + 24 * 8
        self.a = nn.Linear(W, 320)
        self.n = nn.LayerNorm(320)
        self.conv = nn.Conv1d(320, 320, 3, padding=1)
        self.n2 = nn.LayerNorm(320)
        self.o = nn.Linear(320, len(TAGS))
        self.d = nn.Dropout(0.4)

    def forward(self, b, st, ent):
        e = torch.cat([self.E[TABLE[i]](b.words[:, :, i]) for i in range(8)], -1)
        if self.training:
            e = e * (torch.rand(*e.shape[:2], 1) > 0.2).float()
        x = torch.cat([st, b.transformer, self.ent(ent), e], -1)
        x = self.n(F.gelu(self.a(self.d(x)))) * b.mask[:, :, None]
        x = self.n2(x + F.gelu(self.conv(self.d(x).transpose(1, 2)).transpose(1, 2)))
        return self.o(self.d(x))


def make(s, part):
    b = Batch(s, part)
    return b, padded([s.states[i] for i in part], b.width, torch.float32), padded([s.ent[i] for i in part], b.width, torch.long)


def spans(tags):
    out, cur = set(), None
    for i, t in enumerate(list(tags) + ["O"]):
        if cur and (t[0] != "I" or t[2:] != cur[1]):
            out.add((cur[0], i, cur[1]))
            cur = None
        if t[0] == "B" or t[0] == "I" and cur is None:
            cur = (i, t[2:])
    return {x for x in out if x[2] in ("PER", "ORG", "LOC")}


def uner():
    f = glob.glob(os.environ["KG_DATA"] + "/ner/uner-ewt/*dev*")[0]
    out, cur = [], []
    for line in (gzip.open(f, "rt", encoding="utf8") if f.endswith("gz") else open(f, encoding="utf8")):
        line = line.rstrip("\n")
        if line.startswith("#"):
            continue
        if not line:
            if cur:
                out.append(cur)
            cur = []
        else:
            c = line.split("\t")
            cur.append((c[1], c[2]))
    if cur:
        out.append(cur)
    return out


def decode(p):
    o = []
    for i in p.argmax(-1):
        o.append(TAGS[int(i)])
    return o


def predict(head, s):
    head.eval()
    out = [None] * len(s.length)
    with torch.no_grad():
        for part in batches(s.length, 5000, False):
            b, st, ent = make(s, part)
            p = torch.softmax(head(b, st, ent), -1)
            for j, i in enumerate(part):
                out[i] = p[j, : s.length[i]].numpy()
    head.train()
    return out


if __name__ == "__main__":
    t = time.time()
    tr = []
    for k in ("ewt_train", "gum_train"):
        s = states(k)
        s.y = gold(k)
        tr.append(s)
        print(k, round(time.time() - t), flush=True)
    dev = states("ewt_dev")
    U = uner()
    print(len(U), len(dev.length))
    key = {" ".join(w for w, _ in u): u for u in U}
    head = Head()
    opt = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.01)
    E = 5
    parts = lambda: [(s, p) for s in tr for p in batches(s.length, 2500)]
    total = len(parts()) * E
    step = 0
    for ep in range(E):
        todo = parts()
        random.shuffle(todo)
        for s, part in todo:
            for g in opt.param_groups:
                g["lr"] = 1e-3 * min(1, step / 100) * (1 - step / total * 0.97)
            step += 1
            b, st, ent = make(s, part)
            y = padded([s.y[i] for i in part], b.width, torch.long)
            k = b.mask & (y >= 0)
            loss = F.cross_entropy(head(b, st, ent)[k], y[k])
            opt.zero_grad()
            loss.backward()
            opt.step()
        P = predict(head, dev)
        tp = n = m = 0
        for w, p in zip(corpus["ewt_dev"], P):
            u = key.get(" ".join(w["w"]))
            if u is None:
                continue
            a, g = spans(decode(p)), spans([x for _, x in u])
            tp += len(a & g)
            n += len(a)
            m += len(g)
        print(
            "epoch", ep, round(time.time() - t), "UNER dev P %.4f R %.4f F1 %.4f" % (tp / n, tp / m, 2 * tp / (n + m)), flush=True
        )
    torch.save(head.state_dict(), path("names.pt"))
    for s, k in zip(tr, ("ewt_train", "gum_train")):
        P = predict(head, s)
        tags = [np.where(y >= 0, y, p.argmax(-1)) for y, p in zip(s.y, P)]
        pickle.dump(
            [dict(t=x, p=np.where(y >= 0, 1, p.max(-1))) for x, y, p in zip(tags, s.y, P)], open(path(f"names_{k}.pkl"), "wb")
        )
    s = states("silver")
    P = predict(head, s)
    pickle.dump([dict(t=p.argmax(-1), p=p.max(-1)) for p in P], open(path("names_silver.pkl"), "wb"))
    print("done", round(time.time() - t), flush=True)
