"""Word features, batches and trees, shared by teacher and student."""

import json
import os
import random
import zlib

import numpy as np

DATA = os.environ.get("KG_DATA", "../../../shared/data")
WORK = os.environ.get("WORK", ".")
MODEL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../internal/nlp/model")

LABELS = json.load(open(os.path.join(MODEL, "model.labels.json")))["labels"]
INDEX = {k: {v: i for i, v in enumerate(x)} for k, x in LABELS.items()}
ROWS = [20000, 4000, 8000, 4000]  # of the tables of hashed features
TABLE = [0, 0, 1, 1, 2, 2, 2, 3]  # the table of each feature


def path(name):
    return os.path.join(WORK, name)


def glove():
    """Word vectors as the network sees them, the last one zero for words without, and the line of each word."""
    words = open(os.path.join(MODEL, "words.txt"), encoding="utf8").read().split("\n")
    vec = np.fromfile(os.path.join(MODEL, "vectors.i8"), np.int8).reshape(-1, 100).astype(np.float32)
    scale = np.fromfile(os.path.join(MODEL, "scales.f32"), np.float32)
    vec = np.concatenate([vec * scale[:, None] / 0.5055249, np.zeros((1, 100), np.float32)])
    return vec, {w: i for i, w in enumerate(words) if w}


GLOVE, LINE = glove()


def shape(word):
    out = ""
    for c in word:
        k = "X" if c.isupper() else "x" if c.islower() else "d" if c.isdecimal() else c
        if out[-4:] != k * 4:
            out += k
    return out


def word_features(word, seen={}):
    """Rows of the eight hashed features, then the line of the word's vector."""
    if word not in seen:
        low = word.lower()
        n = "".join("0" if c.isdecimal() else c for c in low)
        h = lambda salt, s, rows: zlib.crc32((salt + s).encode()) % rows
        seen[word] = [
            h("a", n, 20000), h("b", n, 20000), h("p", n[:3], 4000), h("P", n[:1], 4000), h("s", n[-3:], 8000),
            h("S", n[-2:], 8000), h("4", n[-4:], 8000), h("h", shape(word), 4000),
            LINE.get(low, LINE.get(n, len(GLOVE) - 1)),
        ]
    return seen[word]


def relation(label):
    r = INDEX["rel"]
    return r.get(label, r.get(label.split(":")[0], r["dep"]))


def batches(lengths, most, shuffle=True):
    """Lists of sentence numbers of like length, each of at most that many padded tokens."""
    order = list(range(len(lengths)))
    if shuffle:
        random.shuffle(order)
    order.sort(key=lambda i: lengths[i] + (random.random() * 3 if shuffle else 0))
    out, cur, width = [], [], 0
    for i in order:
        wider = max(width, lengths[i])
        if cur and wider * (len(cur) + 1) > most:
            out.append(cur)
            cur, wider = [], lengths[i]
        cur.append(i)
        width = wider
    if cur:
        out.append(cur)
    if shuffle:
        random.shuffle(out)
    return out


def tree(scores):
    """The best tree with one root: scores are n x (n+1), dependent by head, head 0 the root. Returns n heads."""
    n = len(scores)
    heads = scores.argmax(1)
    if is_tree(heads):
        return heads
    best, most = None, -np.inf
    for r in np.argsort(-scores[:, 0])[:4]:
        s = scores.copy()
        s[:, 0] = -1e9
        s[r, :] = -1e9
        s[r, 0] = 0
        m = np.full((n + 1, n + 1), -1e9)
        m[1:] = s
        h = arborescence(m)[1:]
        total = sum(s[i, h[i]] for i in range(n))
        if total > most:
            best, most = h, total
    return best


def is_tree(heads):
    if (heads == 0).sum() != 1:
        return False
    for i in range(len(heads)):
        k, steps = i + 1, 0
        while k and steps <= len(heads):
            k, steps = heads[k - 1], steps + 1
        if k:
            return False
    return True


def arborescence(m):
    """Chu-Liu/Edmonds over m[dependent, head], node 0 the root."""
    n = len(m)
    m = m.copy()
    np.fill_diagonal(m, -1e18)
    m[0] = -1e18
    head = m.argmax(1)
    head[0] = -1
    seen, cycle = np.zeros(n, int), None
    for s in range(1, n):
        way, k = [], s
        while k > 0 and seen[k] == 0:
            seen[k] = s
            way.append(k)
            k = head[k]
        if k > 0 and seen[k] == s and k in way:
            cycle = np.array(way[way.index(k):])
            break
    if cycle is None:
        return head
    rest = np.array([i for i in range(n) if i not in set(cycle)])
    c = len(rest)
    k = np.full((c + 1, c + 1), -1e18)
    k[:c, :c] = m[np.ix_(rest, rest)]
    out = m[np.ix_(rest, cycle)]
    k[:c, c], into = out.max(1), cycle[out.argmax(1)]
    enter = m[np.ix_(cycle, rest)] - m[cycle, head[cycle]][:, None]
    k[c, :c], by = enter.max(0), cycle[enter.argmax(0)]
    g = arborescence(k)
    for i, v in enumerate(rest):
        if i:
            head[v] = into[i] if g[i] == c else rest[g[i]]
    head[by[g[c]]] = rest[g[c]]
    head[0] = -1
    return head
