"""Sets of sentences on the device, in batches of one length each, so that nothing is padded or masked."""

import pickle
import random

import numpy as np
import torch

from words import path

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def corpus():
    with open(path("corpus.pkl"), "rb") as f:
        return pickle.load(f)


class Sentences:
    """A set of corpus.py: length and start of each sentence, and tensors on the device of all words in a row: ids and what else the
    set has."""

    def __init__(self, name, arrays):
        self.name, self.length = name, arrays["length"]
        self.start = np.cumsum(self.length) - self.length
        self.of = {k: torch.from_numpy(v).long().to(device) for k, v in arrays.items() if k != "length"}

    def batches(self, most, shuffle=True):
        """Arrays of sentence numbers, sentences of one length and at most that many words together in each."""
        order = np.random.permutation(len(self.length)) if shuffle else np.arange(len(self.length))
        order = order[np.argsort(self.length[order], kind="stable")]
        length, out, at = self.length[order], [], 0
        while at < len(order):
            end, step = int(np.searchsorted(length, length[at], "right")), max(1, int(most // length[at]))
            out += [order[i : min(end, i + step)] for i in range(at, end, step)]
            at = end
        return out

    def words(self, part):
        """Where the words of some sentences of one length stand: sentences × words, on the device."""
        return torch.from_numpy(self.start[part][:, None] + np.arange(self.length[part[0]])).to(device)

    def get(self, key, at):
        return self.of[key][at]


def seed(n):
    torch.manual_seed(n), random.seed(n), np.random.seed(n)


def epoch(*sets):
    """One reading of sets: (set, most words a batch) pairs, as (set, sentence numbers) in random order."""
    out = [(s, part) for s, most in sets for part in s.batches(most)]
    random.shuffle(out)
    return out
