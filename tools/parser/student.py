"""kg's own network learns on from the treebanks and the teacher's text: student.py OUT.safetensors."""

import json
import math
import os
import pickle
import random
import struct
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from common import GLOVE, INDEX, LABELS, MODEL, ROWS, TABLE, batches, path, relation, word_features
from teacher import evaluate, forbid, one, padded, relations

RATE, TOKENS, DROP = 1e-3, 2200, 0.2
BUDGET = 60 * float(os.environ.get("MINUTES", "58"))  # of training, over which the rate falls, in seconds
VECTORS = torch.from_numpy(GLOVE)
# spaCy's types of names as the network's; amounts and times are none
TYPES = {
    "PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC", "PRODUCT": "MISC", "EVENT": "MISC",
    "WORK_OF_ART": "MISC", "LAW": "MISC", "LANGUAGE": "MISC",
}


def names(tags, words):
    """spaCy's names as indices of the network's tags, without the article that begins one."""
    out, before = [], None
    for tag, word in zip(tags, words):
        kind = TYPES.get(tag[2:])
        if kind is None or tag[0] == "B" and word.lower() in ("the", "a"):
            before = None if kind is None else "article"
            out.append(0)
            continue
        out.append(INDEX["ner"][("B-" if tag[0] == "B" or before != kind else "I-") + kind])
        before = kind
    return np.array(out)


class Sentences:
    def __init__(self, name, corpus, spacy, silver=None):
        s = corpus[name]
        self.length, self.silver = [len(x["w"]) for x in s], silver
        self.words = [np.array([word_features(w) for w in x["w"]]) for x in s]
        if not os.path.exists(path(f"names_{name}.pkl")):
            self.ner = [names(f["ent"], x["w"]) for f, x in zip(spacy[name], s)]
        else:  # the teacher's, where it is sure
            self.ner = [np.where(x["p"] < 0.6, -100, x["t"]) for x in pickle.load(open(path(f"names_{name}.pkl"), "rb"))]
        if silver:
            self.head, self.rel = [x["head"] for x in silver], [x["rels"][:, 0] for x in silver]
            self.upos, self.xpos = [x["upos"] for x in silver], [x["xpos"] for x in silver]
        else:
            self.head = [np.array(x["head"]) for x in s]
            self.rel = [np.array([relation(r) for r in x["rel"]]) for x in s]
            self.upos = [np.array([INDEX["pos"][t] for t in x["upos"]]) for x in s]
            self.xpos = [np.array([INDEX["xpos"].get(t, 0) for t in x["xpos"]]) for x in s]


class Batch:
    def __init__(self, s, part):
        self.length = torch.tensor([s.length[i] for i in part])
        self.width = int(self.length.max())
        self.mask = torch.arange(self.width)[None] < self.length[:, None]
        of = lambda rows: padded([rows[i] for i in part], self.width, torch.long)
        self.words, self.head, self.rel, self.upos, self.xpos, self.ner = map(of, (s.words, s.head, s.rel, s.upos, s.xpos, s.ner))
        self.silver = bool(s.silver)
        if s.silver:
            for k in ("heads", "rels"):
                setattr(self, k, padded([s.silver[i][k] for i in part], self.width, torch.long))
            for k in ("arc_p", "rel_p", "upos_p", "xpos_p"):
                setattr(self, k, padded([s.silver[i][k] for i in part], self.width, torch.float32))


def read(file):
    raw = open(file, "rb").read()
    n = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8 : 8 + n])
    tensors = {}
    for name, t in header.items():
        if name != "__metadata__":
            a, b = t["data_offsets"]
            x = np.frombuffer(raw[8 + n + a : 8 + n + b], np.float16).reshape(t["shape"]).astype(np.float32)
            tensors[name] = torch.from_numpy(x)
    return header["__metadata__"], tensors


def write(file, metadata, tensors, order):
    header, at, data = {"__metadata__": metadata}, 0, []
    for name in order:
        x = tensors[name].detach().numpy().astype(np.float16)
        header[name] = dict(dtype="F16", shape=list(x.shape), data_offsets=[at, at + x.nbytes])
        at += x.nbytes
        data.append(x.tobytes())
    h = json.dumps(header, separators=(",", ":")).encode()
    h += b" " * (-len(h) % 8)
    open(file, "wb").write(struct.pack("<Q", len(h)) + h + b"".join(data))


class Mix(nn.Module):
    """Maxout of three pieces, normalised."""

    def __init__(self, inputs, width):
        super().__init__()
        self.l, self.n, self.width = nn.Linear(inputs, 3 * width), nn.LayerNorm(width), width

    def forward(self, x):
        return self.n(self.l(x).view(*x.shape[:-1], self.width, 3).max(-1)[0])


class Encoder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.l = nn.LSTM(width, width // 2, 2, batch_first=True, bidirectional=True)

    def layer(self, i, x, lengths):
        """One of the two layers, so that there can be dropout after each."""
        p = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        w = [getattr(self.l, f"{k}_l{i}{d}") for d in ("", "_reverse") for k in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
        zero = torch.zeros(2, int(p.batch_sizes[0]), self.l.hidden_size)
        o = torch._VF.lstm(p.data, p.batch_sizes, (zero, zero), w, True, 1, 0.0, False, True)[0]
        o = nn.utils.rnn.PackedSequence(o, p.batch_sizes, p.sorted_indices, p.unsorted_indices)
        return nn.utils.rnn.pad_packed_sequence(o, batch_first=True)[0]


class Student(nn.Module):
    """The network of internal/nlp, its tensors named as in the file."""

    def __init__(self, width=256, arc=128, rel=64):
        super().__init__()
        self.E = nn.ModuleList([nn.Embedding(n, 64) for n in ROWS])
        self.mix, self.enc = Mix(8 * 64 + 100, width), Encoder(width)
        self.pos, self.xpos, self.ner = (nn.Linear(width, len(LABELS[k])) for k in ("pos", "xpos", "ner"))
        self.ad, self.ah, self.ld, self.lh = (nn.Linear(width, n) for n in (arc, arc, rel, rel))
        self.root = nn.Parameter(torch.zeros(width))
        self.U = nn.Parameter(torch.zeros(arc + 1, arc))
        self.V = nn.Parameter(torch.zeros(len(LABELS["rel"]), rel + 1, rel + 1))

    def drop(self, x):
        return F.dropout(x, DROP, self.training)

    def side(self, layer, x):
        return self.drop(F.leaky_relu(layer(x), 0.1))

    def forward(self, b):
        e = torch.cat([self.E[TABLE[i]](b.words[:, :, i]) for i in range(8)], -1)
        if self.training:  # now and then the whole word is unknown, or its own embedding only
            keep = torch.ones(*e.shape)
            keep[:, :, :128] = (torch.rand(*e.shape[:2], 1) > 0.1).float()
            e = e * keep * (torch.rand(*e.shape[:2], 1) > 0.08).float()
        x = self.drop(self.mix(self.drop(torch.cat([e, VECTORS[b.words[:, :, 8]]], -1))))
        for i in range(2):
            x = self.drop(self.enc.layer(i, x, b.length))
        nodes = torch.cat([self.root.expand(len(x), 1, -1), x], 1)
        scores = (one(self.side(self.ad, x)) @ self.U) @ self.side(self.ah, nodes).transpose(1, 2)
        return x, nodes, forbid(scores, b.mask), self.pos(x), self.xpos(x), self.ner(x), scores

    def relations(self, x, nodes, head):
        h = one(self.side(self.lh, nodes))
        h = torch.gather(h, 1, head[:, :, None].expand(-1, -1, h.shape[2]))
        return relations(one(self.side(self.ld, x)), h, self.V)


def loss_of(model, b):
    x, nodes, scores, upos, xpos, ner, _ = model(b)
    k = b.mask
    rel = model.relations(x, nodes, b.head)[k]
    scores, upos, xpos = scores[k], upos[k], xpos[k]
    loss = 0.3 * F.cross_entropy(ner[k], b.ner[k])
    if not b.silver:
        tags = F.cross_entropy(upos, b.upos[k]) + F.cross_entropy(xpos, b.xpos[k])
        return loss + F.cross_entropy(scores, b.head[k]) + F.cross_entropy(rel, b.rel[k]) + 0.5 * tags
    soft = lambda s, at, p: -(torch.log_softmax(s, -1).gather(1, at) * p).sum(1).mean()
    weighed = lambda s, t, p: (F.cross_entropy(s, t, reduction="none") * p).mean()
    tags = weighed(upos, b.upos[k], b.upos_p[k]) + weighed(xpos, b.xpos[k], b.xpos_p[k])
    return loss + soft(scores, b.heads[k], b.arc_p[k]) + soft(rel, b.rels[k], b.rel_p[k]) + 0.5 * tags


def main():
    torch.manual_seed(1)
    random.seed(1)
    corpus, spacy = pickle.load(open(path("corpus.pkl"), "rb")), pickle.load(open(path("spacy.pkl"), "rb"))["features"]
    metadata, tensors = read(os.path.join(MODEL, "model.safetensors"))
    model = Student()
    model.load_state_dict(tensors)
    load = lambda name, silver=None: Sentences(name, corpus, spacy, silver)
    dev = {k: load(k) for k in ("ewt_dev", "gum_dev")}
    print("before", {k: evaluate(model, v, Batch) for k, v in dev.items()}, flush=True)
    sets = [load("ewt_train"), load("gum_train"), load("silver", pickle.load(open(path("silver.pkl"), "rb")))]
    opt = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.98), weight_decay=0.005)
    parts = lambda: [(s, p) for s in sets for p in batches(s.length, TOKENS)]
    step, start = 0, time.time()
    mean = {k: v.clone() for k, v in model.state_dict().items()}  # of the weights over the last steps: what is written
    model.train()
    epoch = 0
    while time.time() - start < BUDGET:
        began, todo = time.time(), parts()
        random.shuffle(todo)
        for s, part in todo:
            done = (time.time() - start) / BUDGET
            if done > 1:
                break
            rate = RATE * min(1, (step + 1) / 300) * (0.485 * (1 + math.cos(math.pi * done)) + 0.03)
            step += 1
            for g in opt.param_groups:
                g["lr"] = rate
            opt.zero_grad()
            loss_of(model, Batch(s, part)).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            opt.step()
            if step % 10 == 0:
                d = min(0.96, 1 - 1 / (1 + step / 10))
                for k, v in model.state_dict().items():
                    mean[k].mul_(d).add_(v, alpha=1 - d)
        last = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(mean)
        print("epoch", epoch, round(time.time() - began), "s", {k: evaluate(model, v, Batch) for k, v in dev.items()}, flush=True)
        write(sys.argv[1], metadata, model.state_dict(), tensors)
        model.load_state_dict(last)
        epoch += 1


if __name__ == "__main__":
    main()
