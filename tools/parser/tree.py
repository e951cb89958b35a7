"""Trees out of the probabilities of heads. A head is 0 for the root, else the number of a word, from 1."""

import numpy as np
import torch


def trees(p):
    """The best trees with one root. p: sentences × words × (words + 1), the probability of each head. Gives sentences × words."""
    head = p.argmax(-1)
    for i in (~are_trees(head)).nonzero()[:, 0].tolist():
        head[i] = torch.from_numpy(tree(np.log(p[i].double().cpu().numpy() + 1e-9)))
    return head


def are_trees(head):
    """Which rows of heads have one root and no cycle: following heads 2^k steps at once ends at the root."""
    up = torch.cat([torch.zeros_like(head[:, :1]), head], 1)
    for _ in range(head.shape[1].bit_length()):
        up = up.gather(1, up)
    return ((head == 0).sum(1) == 1) & (up == 0).all(1)


def tree(scores):
    """The heads of the tree whose sum of scores (words × (words + 1)) is best among those with one root, one of the four likeliest."""
    n = len(scores)
    best, most = None, -np.inf
    for r in np.argsort(-scores[:, 0])[:4]:
        s = scores.copy()
        s[:, 0] = -1e9
        s[r, :] = -1e9
        s[r, 0] = 0
        m = np.full((n + 1, n + 1), -1e9)
        m[1:] = s
        head = arborescence(m)[1:]
        total = scores[r, 0] + sum(s[i, head[i]] for i in range(n))
        if total > most:
            best, most = head, total
    return best


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
