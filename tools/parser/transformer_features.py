"""What all-mpnet-base-v2 makes of the first piece of every word: transformer_SET.npy, 2304 wide: the means of its layers 5 and 6,
7 and 8, 9 and 10. Names of sets as arguments, all without."""

import os
import pickle
import sys

import numpy as np
import torch
from transformers import AutoTokenizer, MPNetModel

from common import path

LAYERS, WIDTH = 10, 768
tokenizer = AutoTokenizer.from_pretrained(os.environ["MPNET"])
model = MPNetModel.from_pretrained(os.environ["MPNET"]).eval().to(torch.bfloat16)
model.encoder.layer = model.encoder.layer[:LAYERS]


def pieces(word, seen={}):
    if word not in seen:
        seen[word] = tokenizer(word, add_special_tokens=False)["input_ids"][:6] or [tokenizer.unk_token_id]
    return seen[word]


def features(name, sentences):
    start = np.cumsum([0] + [len(s["w"]) for s in sentences])
    out = np.lib.format.open_memmap(path(f"transformer_{name}.npy"), "w+", np.float16, (int(start[-1]), 3 * WIDTH))
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]["w"]))
    at = 0
    while at < len(order):
        longest = len(sentences[order[min(len(order) - 1, at + 16)]]["w"])
        part = order[at : at + max(4, min(128, 2500 // longest))]
        at += len(part)
        rows, first = [], []
        for s in part:
            row, f = [tokenizer.cls_token_id], []
            for w in sentences[s]["w"]:
                f.append(min(len(row), 509))
                row += pieces(w)
            rows.append(row[:510] + [tokenizer.sep_token_id])
            first.append(f)
        ids = torch.full((len(part), max(map(len, rows))), tokenizer.pad_token_id)
        mask = torch.zeros(ids.shape, dtype=torch.long)
        for j, row in enumerate(rows):
            ids[j, : len(row)] = torch.tensor(row)
            mask[j, : len(row)] = 1
        h = model(ids, attention_mask=mask, output_hidden_states=True).hidden_states
        o = torch.cat([(h[i] + h[i + 1]) / 2 for i in (5, 7, 9)], -1).to(torch.float16)
        for j, s in enumerate(part):
            out[start[s] : start[s + 1]] = o[j][first[j]].numpy()
    out.flush()
    print(name, len(sentences), flush=True)


with torch.no_grad():
    for name, sentences in pickle.load(open(path("corpus.pkl"), "rb")).items():
        if len(sys.argv) < 2 or name in sys.argv[1:]:
            features(name, sentences)
