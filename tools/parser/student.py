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
from lstm import bfloat, lstm
from teacher import evaluate, forbid, one, padded

RATE, TOKENS, DROP, LAYERS = 8e-4, 2200, 0.15, 3
BUDGET = 60 * float(os.environ.get("MINUTES", "90"))  # of training, over which the rate falls, in seconds
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
        if name == "more":
            self.ner = [np.full(n, -100) for n in self.length]  # no names are learnt from it
        elif not os.path.exists(path(f"names_{name}.pkl")):
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


NUMBERS = {"F16": np.float16, "F32": np.float32, "I8": np.int8}


def read(file):
    raw = open(file, "rb").read()
    n = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8 : 8 + n])
    metadata, tensors = header.pop("__metadata__"), {}
    for name, t in header.items():
        a, b = t["data_offsets"]
        x = np.frombuffer(raw[8 + n + a : 8 + n + b], NUMBERS[t["dtype"]]).reshape(t["shape"])
        tensors[name] = torch.from_numpy(x.astype(np.float32))
    for name in [k for k in tensors if k.endswith(".scale")]:
        tensors[name.replace(".scale", ".weight")] *= tensors.pop(name)[:, None]
    return metadata, tensors


def rows_of_bytes(x):
    """A table as int8 and the float16 that each row is multiplied by."""
    scale = (np.abs(x).max(1, keepdims=True) / 127).astype(np.float16)
    x = np.divide(x, scale, out=np.zeros(x.shape, np.float32), where=scale > 0)
    return np.clip(np.rint(x), -127, 127).astype(np.int8), scale[:, 0]


def write(file, metadata, tensors, order):
    header, at, data = {"__metadata__": metadata}, 0, []

    def add(name, x):
        nonlocal at
        dtype = next(k for k, v in NUMBERS.items() if v == x.dtype)
        header[name] = dict(dtype=dtype, shape=list(x.shape), data_offsets=[at, at + x.nbytes])
        at += x.nbytes
        data.append(x.tobytes())

    for name in order:
        x = tensors[name].detach().numpy().astype(np.float32)
        if name.startswith("E."):
            x, scale = rows_of_bytes(x)
            add(name.replace(".weight", ".scale"), scale)
            add(name, x)
        else:
            add(name, x.astype(np.float16))
    h = json.dumps(header, separators=(",", ":")).encode()
    h += b" " * (-len(h) % 8)
    open(file, "wb").write(struct.pack("<Q", len(h)) + h + b"".join(data))


class Mix(nn.Module):
    """Maxout of three pieces, normalised."""

    def __init__(self, inputs, width):
        super().__init__()
        self.l, self.n, self.width = nn.Linear(inputs, 3 * width), nn.LayerNorm(width), width

    def forward(self, x):
        return self.n(linear(self.l, x).view(*x.shape[:-1], self.width, 3).max(-1)[0])


class Product(torch.autograd.Function):
    """Rows times a matrix, in bfloat16."""

    @staticmethod
    def forward(ctx, x, w):
        x, w = bfloat(x), bfloat(w)
        ctx.save_for_backward(x, w)
        return (x @ w).float()

    @staticmethod
    def backward(ctx, g):
        (x, w), g = ctx.saved_tensors, bfloat(g)
        return (g @ w.t()).float(), (x.t() @ g).float()


def product(x, w):
    return Product.apply(x.reshape(-1, x.shape[-1]), w).view(*x.shape[:-1], w.shape[1])


def linear(layer, x):
    return product(x, layer.weight.t()) + layer.bias


class Encoder(nn.Module):
    """LSTM layers of which those from the third on add to what they read."""

    def __init__(self, width):
        super().__init__()
        self.l = nn.LSTM(width, width // 2, LAYERS, batch_first=True, bidirectional=True)

    def weights(self, i, d):
        get = lambda kind: getattr(self.l, f"{kind}_l{i}{d}")
        return get("weight_ih"), get("weight_hh"), get("bias_ih") + get("bias_hh")

    def layer(self, i, x, lengths):
        return lstm(x, lengths, self.weights(i, ""), self.weights(i, "_reverse"))

    def grow(self, i):
        """Makes layer i one that writes next to nothing to its cells, so that the network computes what it did without."""
        hidden = self.l.hidden_size
        with torch.no_grad():
            for d in ("", "_reverse"):
                for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
                    w = getattr(self.l, f"{kind}_l{i}{d}")
                    nn.init.uniform_(w, -0.06, 0.06) if "weight" in kind else nn.init.zeros_(w)
                    cell = w[2 * hidden : 3 * hidden]
                    nn.init.normal_(cell, 0, 1e-3) if "weight" in kind else nn.init.zeros_(cell)


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
        return self.drop(F.leaky_relu(linear(layer, x), 0.1))

    def forward(self, b):
        e = torch.cat([self.E[TABLE[i]](b.words[:, :, i]) for i in range(8)], -1)
        if self.training:  # now and then the whole word is unknown, or its own embedding only
            keep = torch.ones(*e.shape)
            keep[:, :, :128] = (torch.rand(*e.shape[:2], 1) > 0.1).float()
            e = e * keep * (torch.rand(*e.shape[:2], 1) > 0.08).float()
        x = self.drop(self.mix(self.drop(torch.cat([e, VECTORS[b.words[:, :, 8]]], -1))))
        for i in range(LAYERS):
            y = self.drop(self.enc.layer(i, x, b.length))
            x = y if i < 2 else x + y
        nodes = torch.cat([self.root.expand(len(x), 1, -1), x], 1)
        scores = product(one(self.side(self.ad, x)), self.U) @ self.side(self.ah, nodes).transpose(1, 2)
        return x, nodes, forbid(scores, b.mask), linear(self.pos, x), linear(self.xpos, x), linear(self.ner, x), scores

    def relations(self, x, nodes, head):
        h = one(self.side(self.lh, nodes))
        h = torch.gather(h, 1, head[:, :, None].expand(-1, -1, h.shape[2]))
        d, (r, p, q) = one(self.side(self.ld, x)), self.V.shape
        t = product(d, self.V.permute(1, 0, 2).reshape(p, r * q)).view(-1, r, q)
        return torch.bmm(t, h.reshape(-1, q, 1)).view(*d.shape[:2], r)


def loss_of(model, b):
    x, nodes, scores, upos, xpos, ner, _ = model(b)
    k = b.mask
    rel = model.relations(x, nodes, b.head)[k]
    scores, upos, xpos = scores[k], upos[k], xpos[k]
    loss = 0.3 * F.cross_entropy(ner[k], b.ner[k], reduction="sum") / max(1, int((b.ner[k] >= 0).sum()))
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
    state = model.state_dict()
    for i in range(LAYERS):
        if f"enc.l.weight_ih_l{i}" not in tensors:
            model.enc.grow(i)
    model.load_state_dict({**state, **tensors})
    load = lambda name, silver=None: Sentences(name, corpus, spacy, silver)
    dev = {k: load(k) for k in ("ewt_dev", "gum_dev")}
    print("before", {k: evaluate(model, v, Batch) for k, v in dev.items()}, flush=True)
    silver = [s for s in ("silver", "more") if os.path.exists(path(s + ".pkl"))]
    sets = [load("ewt_train"), load("gum_train")] + [load(s, pickle.load(open(path(s + ".pkl"), "rb"))) for s in silver]
    opt = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.98), weight_decay=0.005, fused=True)
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
        write(sys.argv[1], metadata, model.state_dict(), list(tensors) + [k for k in state if k not in tensors])
        model.load_state_dict(last)
        epoch += 1


if __name__ == "__main__":
    main()
