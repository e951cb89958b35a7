"""What teacher and student have in common: taggers and a biaffine parser (Dozat and Manning 2017) over states of the words.

A network is called with words, sentences × words of indices of the corpus's words.
"""

from typing import NamedTuple

import torch
import torch.nn as nn
import torch.nn.functional as F

from tree import trees
from words import LABELS


class Output(NamedTuple):
    """Scores for sentences × words, before softmax. nodes are the states with that of the root before them."""

    states: torch.Tensor
    nodes: torch.Tensor
    heads: torch.Tensor  # × (words + 1), 0 the root, the word itself ruled out
    upos: torch.Tensor
    xpos: torch.Tensor
    ner: torch.Tensor


def one(x):
    return torch.cat([x, x.new_ones(*x.shape[:-1], 1)], -1)


class Parser(nn.Module):
    def __init__(self, width, arc, rel, drop):
        super().__init__()
        self.rate = drop
        self.root = nn.Parameter(torch.randn(width) * 0.1)
        self.ad, self.ah, self.ld, self.lh = (nn.Linear(width, n) for n in (arc, arc, rel, rel))
        self.U = nn.Parameter(torch.zeros(arc + 1, arc))
        self.V = nn.Parameter(torch.zeros(len(LABELS["rel"]), rel + 1, rel + 1))
        self.pos, self.xpos, self.ner = (nn.Linear(width, len(LABELS[k])) for k in ("pos", "xpos", "ner"))

    def drop(self, x):
        return F.dropout(x, self.rate, self.training)

    def side(self, layer, x):
        return self.drop(F.leaky_relu(layer(x), 0.1))

    def arcs(self, x, nodes):
        return ((one(self.side(self.ad, x)) @ self.U) @ self.side(self.ah, nodes).transpose(1, 2)).float()

    def output(self, x):
        nodes = torch.cat([self.root.to(x.dtype).expand(len(x), 1, -1), x], 1)
        own = F.pad(torch.eye(x.shape[1], device=x.device), (1, 0)).bool()
        tags = (layer(x).float() for layer in (self.pos, self.xpos, self.ner))
        return Output(x, nodes, self.arcs(x, nodes).masked_fill(own, -1e4), *tags)

    def relations(self, out, head):
        """Scores of all relations between each word and a head."""
        h = one(self.side(self.lh, out.nodes))
        h = h.gather(1, head[:, :, None].expand(-1, -1, h.shape[2]))
        d, (r, p, q) = one(self.side(self.ld, out.states)), self.V.shape
        t = (d.reshape(-1, p) @ self.V.permute(1, 0, 2).reshape(p, r * q)).view(-1, r, q)
        return torch.bmm(t, h.reshape(-1, q, 1).to(t.dtype)).view(*d.shape[:2], r).float()


def treebank_loss(model, s, part, names):
    """Cross-entropy against a treebank; names is the weight of its names."""
    at = s.words(part)
    out = model(s.get("ids", at))
    cross = lambda x, y: F.cross_entropy(x.flatten(0, 1), y.flatten())
    head, ner = s.get("head", at), s.get("ner", at)
    tags = cross(out.upos, s.get("upos", at)) + cross(out.xpos, s.get("xpos", at))
    known = F.cross_entropy(out.ner.flatten(0, 1), ner.flatten(), ignore_index=-100, reduction="sum") / (ner >= 0).sum().clamp(min=1)
    return cross(out.heads, head) + cross(model.relations(out, head), s.get("rel", at)) + 0.5 * tags + names * known


def predict(models, words):
    """The mean of the models' probabilities, of rel for the heads of the best tree, which come first."""
    mean = lambda scores: sum(torch.softmax(x, -1) for x in scores) / len(models)
    with torch.no_grad():
        outs = [m(words) for m in models]
        p = {k: mean([getattr(o, k) for o in outs]) for k in ("heads", "upos", "xpos", "ner")}
        head = trees(p["heads"])
        p["rel"] = mean([m.relations(o, head) for m, o in zip(models, outs)])
    return head, p


def names(tags):
    """The people, bodies and places of a row of tags, as (begin, end, type)."""
    out, begin, kind = set(), 0, None
    for i, t in enumerate([LABELS["ner"][k] for k in tags] + ["O"]):
        if kind and t != "I-" + kind:
            out.add((begin, i, kind))
            kind = None
        if t != "O" and kind is None:
            begin, kind = i, t[2:]
    return {x for x in out if x[2] != "MISC"}


def evaluate(models, s):
    """UAS, LAS (punctuation and subtypes counted), UPOS and XPOS of trees, and F1 of the names of sentences that have any known."""
    right, n, both, told, gold = torch.zeros(4), 0, 0, 0, 0
    training = [m.training for m in models]
    for m in models:
        m.eval()
    for part in s.batches(12000, False):
        at = s.words(part)
        head, p = predict(models, s.get("ids", at))
        same = head == s.get("head", at)
        counts = [same, same & (p["rel"].argmax(-1) == s.get("rel", at))] + [p[k].argmax(-1) == s.get(k, at) for k in ("upos", "xpos")]
        right, n = right + torch.stack([c.sum() for c in counts]).cpu(), n + at.numel()
        for x, y in zip(p["ner"].argmax(-1).tolist(), s.get("ner", at).tolist()):
            if y[0] >= 0:
                x, y = names(x), names(y)
                both, told, gold = both + len(x & y), told + len(x), gold + len(y)
    for m, t in zip(models, training):
        m.train(t)
    out = "UAS %.4f LAS %.4f UPOS %.4f XPOS %.4f" % tuple((right / n).tolist())
    return f"{s.name}: {out}" + (f" NER {2 * both / (told + gold):.4f}" if told + gold else "")
