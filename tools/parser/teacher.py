"""The teacher: a BiLSTM with a biaffine parser over word features, spaCy's opinion and a transformer. Writes teacher.pt."""

import math
import pickle
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from common import GLOVE, INDEX, LABELS, ROWS, TABLE, batches, path, relation, tree, word_features

EPOCHS, RATE, TOKENS = 7, 2e-3, 1800
TRANSFORMER = 3 * 768


class Sentences:
    """A set of sentences with all that the teacher sees of them."""

    def __init__(self, name, corpus, features):
        self.length = [len(s["w"]) for s in corpus[name]]
        self.start = np.cumsum([0] + self.length)
        self.words = [np.array([word_features(w) for w in s["w"]]) for s in corpus[name]]
        self.transformer = np.load(path(f"transformer_{name}.npy"), mmap_mode="r")
        self.spacy = features[name]
        self.gold = "head" in corpus[name][0]
        if self.gold:
            self.head = [np.array(s["head"]) for s in corpus[name]]
            self.rel = [np.array([relation(r) for r in s["rel"]]) for s in corpus[name]]
            self.upos = [np.array([INDEX["pos"][t] for t in s["upos"]]) for s in corpus[name]]
            self.xpos = [np.array([INDEX["xpos"].get(t, 0) for t in s["xpos"]]) for s in corpus[name]]


class Batch:
    def __init__(self, s, part):
        self.length = torch.tensor([s.length[i] for i in part])
        self.width = int(self.length.max())
        self.mask = torch.arange(self.width)[None] < self.length[:, None]
        of = lambda rows, kind=torch.long: padded([rows[i] for i in part], self.width, kind)
        spacy = lambda k, kind=torch.long: padded([s.spacy[i][k] for i in part], self.width, kind)
        self.words = of(s.words)
        self.transformer = padded([s.transformer[s.start[i] : s.start[i + 1]] for i in part], self.width, torch.float32)
        self.vec, self.tag, self.dep, self.spacy_head = spacy("vec", torch.float32), spacy("tag"), spacy("dep"), spacy("head")
        if s.gold:
            self.head, self.rel, self.upos, self.xpos = of(s.head), of(s.rel), of(s.upos), of(s.xpos)


def padded(rows, width, kind):
    out = torch.zeros((len(rows), width) + tuple(rows[0].shape[1:]), dtype=kind)
    for i, row in enumerate(rows):
        out[i, : len(row)] = torch.from_numpy(np.array(row)).to(kind)
    return out


def forbid(scores, mask):
    """Takes the own word and what lies beyond the sentence from the heads that may be."""
    b, m, _ = scores.shape
    may = torch.cat([torch.ones(b, 1, dtype=torch.bool), mask], 1)
    own = torch.cat([torch.zeros(m, 1), torch.eye(m)], 1).bool()
    return scores.masked_fill(~may[:, None, :], -1e9).masked_fill(own[None], -1e9)


def one(x):
    return torch.cat([x, torch.ones(*x.shape[:-1], 1)], -1)


def relations(dependent, head, V):
    """Scores of all relations between each word and its head, both activated and with a one at the end."""
    r, p, q = V.shape
    t = (dependent.reshape(-1, p) @ V.permute(1, 0, 2).reshape(p, r * q)).view(*dependent.shape[:2], r, q)
    return (t * head[:, :, None, :]).sum(-1)


class Teacher(nn.Module):
    def __init__(self, tags, deps, hidden=224, arc=256, rel=100):
        super().__init__()
        self.E = nn.ModuleList([nn.Embedding(n, 48) for n in ROWS])
        for e in self.E:
            nn.init.normal_(e.weight, 0, 0.1)
        self.glove = nn.Embedding.from_pretrained(torch.from_numpy(GLOVE))
        self.transformer, self.sv = nn.Linear(TRANSFORMER, 320), nn.Linear(96, 96)
        self.tag, self.dep = nn.Embedding(tags, 32), nn.Embedding(deps, 32)
        self.inp, self.n = nn.Linear(48 * 8 + 100 + 320 + 96 + 64, 384), nn.LayerNorm(384)
        self.lstm = nn.LSTM(384, hidden, 2, batch_first=True, bidirectional=True, dropout=0.33)
        width = 2 * hidden + 64
        self.root = nn.Parameter(torch.randn(width) * 0.1)
        self.ad, self.ah, self.ld, self.lh = (nn.Linear(width, n) for n in (arc, arc, rel, rel))
        self.U = nn.Parameter(torch.zeros(arc + 1, arc))
        self.V = nn.Parameter(torch.zeros(len(LABELS["rel"]), rel + 1, rel + 1))
        self.pos, self.xpos = nn.Linear(width, len(LABELS["pos"])), nn.Linear(width, len(LABELS["xpos"]))
        # What spaCy's relation of a word is worth for an arc to: its head there, its dependent there, the head's head, a sibling.
        self.same, self.inv, self.gp, self.sib = (nn.Embedding(deps, 1) for _ in range(4))
        for e in (self.same, self.inv, self.gp, self.sib):
            nn.init.constant_(e.weight, 1.0)
        self.drop = nn.Dropout(0.33)

    def side(self, layer, x):
        return self.drop(F.leaky_relu(layer(x), 0.1))

    def forward(self, b):
        e = torch.cat([self.E[TABLE[i]](b.words[:, :, i]) for i in range(8)], -1)
        if self.training:
            e = e * (torch.rand(*e.shape[:2], 1) > 0.15).float()
        vectors = [e, self.glove(b.words[:, :, 8]), F.gelu(self.transformer(self.drop(b.transformer)))]
        x = self.drop(torch.cat(vectors + [self.sv(self.drop(b.vec)), self.tag(b.tag), self.dep(b.dep)], -1))
        x = self.drop(self.n(F.gelu(self.inp(x))))
        p = nn.utils.rnn.pack_padded_sequence(x, b.length, batch_first=True, enforce_sorted=False)
        o, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(p)[0], batch_first=True)
        e = torch.cat([self.drop(o), self.tag(b.tag), self.dep(b.dep)], -1)
        n, m, _ = e.shape
        nodes = torch.cat([self.root.expand(n, 1, -1), e], 1)
        scores = (one(self.side(self.ad, e)) @ self.U) @ self.side(self.ah, nodes).transpose(1, 2)
        to = F.one_hot(b.spacy_head, m + 1).float() * b.mask[:, :, None]
        scores = scores + to * self.same(b.dep)
        inverted = torch.zeros(n, m, m + 1)
        inverted[:, :, 1:] = (to[:, :, 1:] * self.inv(b.dep)).transpose(1, 2)
        square = torch.zeros(n, m + 1, m + 1)
        square[:, 1:] = to
        siblings = torch.zeros(n, m, m + 1)
        siblings[:, :, 1:] = to @ (to * self.sib(b.dep)).transpose(1, 2)
        scores = scores + inverted + to @ square * self.gp(b.dep) + siblings
        return e, nodes, forbid(scores, b.mask), self.pos(e), self.xpos(e)

    def relations(self, e, nodes, head):
        h = one(self.side(self.lh, nodes))
        h = torch.gather(h, 1, head[:, :, None].expand(-1, -1, h.shape[2]))
        return relations(one(self.side(self.ld, e)), h, self.V)


def trees(log_probabilities, lengths):
    head = torch.zeros(log_probabilities.shape[:2], dtype=torch.long)
    s = log_probabilities.numpy().astype(np.float64)
    for j, n in enumerate(int(x) for x in lengths):
        head[j, :n] = torch.from_numpy(np.asarray(tree(s[j, :n, : n + 1])))
    return head


def evaluate(model, sentences, batch):
    """UAS, LAS, UPOS and XPOS, punctuation counted."""
    training = model.training
    model.eval()
    right, n = np.zeros(4), 0
    with torch.no_grad():
        for part in batches(sentences.length, 6000, False):
            b = batch(sentences, part)
            e, nodes, s, upos, xpos = model(b)[:5]
            head = trees(torch.log_softmax(s, -1), b.length)
            rel = model.relations(e, nodes, head).argmax(-1)
            same = (head == b.head) & b.mask
            counts = (same, same & (rel == b.rel), (upos.argmax(-1) == b.upos) & b.mask, (xpos.argmax(-1) == b.xpos) & b.mask)
            right += [int(c.sum()) for c in counts]
            n += int(b.mask.sum())
    model.train(training)
    return "UAS %.4f LAS %.4f UPOS %.4f XPOS %.4f" % tuple(right / n)


def main():
    torch.manual_seed(1)
    random.seed(1)
    corpus, spacy = pickle.load(open(path("corpus.pkl"), "rb")), pickle.load(open(path("spacy.pkl"), "rb"))
    load = lambda name: Sentences(name, corpus, spacy["features"])
    sets, dev = [load("ewt_train"), load("gum_train")], {k: load(k) for k in ("ewt_dev", "gum_dev")}
    model = Teacher(spacy["tags"], spacy["deps"])
    opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=RATE, betas=(0.9, 0.95), weight_decay=0.01)
    parts = lambda: [(s, p) for s in sets for p in batches(s.length, TOKENS)]
    total, step = len(parts()) * EPOCHS, 0
    for epoch in range(EPOCHS):
        began, todo = time.time(), parts()
        random.shuffle(todo)
        for s, part in todo:
            rate = RATE * min(1, step / 200) * (0.49 * (1 + math.cos(math.pi * min(1, step / total))) + 0.02)
            step += 1
            for g in opt.param_groups:
                g["lr"] = rate
            b = Batch(s, part)
            e, nodes, scores, upos, xpos = model(b)
            k = b.mask
            loss = F.cross_entropy(scores[k], b.head[k]) + F.cross_entropy(model.relations(e, nodes, b.head)[k], b.rel[k])
            loss = loss + 0.5 * (F.cross_entropy(upos[k], b.upos[k]) + F.cross_entropy(xpos[k], b.xpos[k]))
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            opt.step()
        print("epoch", epoch, round(time.time() - began), "s", {k: evaluate(model, v, Batch) for k, v in dev.items()}, flush=True)
        torch.save(model.state_dict(), path("teacher.pt"))


if __name__ == "__main__":
    main()
