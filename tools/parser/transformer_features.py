"""What all-MiniLM-L6-v2 makes of the first piece of every word: transformer_SET.npy, 768 wide, the mean of layers 3 and 4
beside that of layers 5 and 6."""

import json
import os
import pickle
import struct
import unicodedata

import numpy as np
import torch
import torch.nn.functional as F

from common import path

HEADS, WIDTH = 12, 384


def weights(file):
    raw = open(file, "rb").read()
    n = struct.unpack("<Q", raw[:8])[0]
    out = {}
    for name, t in json.loads(raw[8 : 8 + n]).items():
        if name != "__metadata__":
            a, b = t["data_offsets"]
            kind = {"F32": np.float32, "F16": np.float16, "I64": np.int64}[t["dtype"]]
            out[name] = torch.from_numpy(np.frombuffer(raw[8 + n + a : 8 + n + b], kind).reshape(t["shape"]).copy())
    return out


W = weights(os.environ["MINILM"] + "/model.safetensors")
VOCABULARY = json.load(open(os.environ["MINILM"] + "/tokenizer.json"))["model"]["vocab"]
CLS, SEP, UNKNOWN = (VOCABULARY[x] for x in ("[CLS]", "[SEP]", "[UNK]"))


def pieces(word, seen={}):
    if word not in seen:
        text = unicodedata.normalize("NFD", word.lower())
        parts = [""]
        for c in text:
            if unicodedata.category(c) == "Mn":
                continue
            if c.isalnum():
                parts[-1] += c
            else:
                parts += [c, ""]
        out = []
        for part in parts:
            i, sub = 0, []
            while i < len(part):
                j = next((j for j in range(len(part), i, -1) if ("##" if i else "") + part[i:j] in VOCABULARY), 0)
                if not j:
                    sub = [UNKNOWN]
                    break
                sub.append(VOCABULARY[("##" if i else "") + part[i:j]])
                i = j
            out += sub
        seen[word] = out[:6] or [UNKNOWN]
    return seen[word]


def layers(ids, mask):
    norm = lambda x, k: F.layer_norm(x, (WIDTH,), W[k + ".weight"], W[k + ".bias"], 1e-12)
    e = "embeddings."
    x = W[e + "word_embeddings.weight"][ids] + W[e + "position_embeddings.weight"][: ids.shape[1]]
    x = norm(x + W[e + "token_type_embeddings.weight"][0], e + "LayerNorm")
    hide = (1 - mask)[:, None, None, :] * -1e4
    out = []
    for i in range(6):
        p = f"encoder.layer.{i}."
        linear = lambda k, y: F.linear(y, W[p + k + ".weight"], W[p + k + ".bias"])
        split = lambda y: y.view(*y.shape[:2], HEADS, WIDTH // HEADS).transpose(1, 2)
        q, k, v = (split(linear("attention.self." + n, x)) for n in ("query", "key", "value"))
        a = torch.softmax(q @ k.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + hide, -1) @ v
        x = norm(x + linear("attention.output.dense", a.transpose(1, 2).reshape(x.shape)), p + "attention.output.LayerNorm")
        x = norm(x + linear("output.dense", F.gelu(linear("intermediate.dense", x))), p + "output.LayerNorm")
        out.append(x)
    return out


with torch.no_grad():
    for name, sentences in pickle.load(open(path("corpus.pkl"), "rb")).items():
        start = np.cumsum([0] + [len(s["w"]) for s in sentences])
        out = np.lib.format.open_memmap(path(f"transformer_{name}.npy"), "w+", np.float16, (int(start[-1]), 2 * WIDTH))
        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]["w"]))
        at = 0
        while at < len(order):
            longest = len(sentences[order[min(len(order) - 1, at + 16)]]["w"])
            part = order[at : at + max(4, min(256, 3000 // longest))]
            at += len(part)
            rows, first = [], []
            for s in part:
                row, f = [CLS], []
                for w in sentences[s]["w"]:
                    f.append(min(len(row), 509))
                    row += pieces(w)
                rows.append(row[:510] + [SEP])
                first.append(f)
            ids = torch.zeros(len(part), max(map(len, rows)), dtype=torch.long)
            mask = torch.zeros(ids.shape)
            for j, row in enumerate(rows):
                ids[j, : len(row)] = torch.tensor(row)
                mask[j, : len(row)] = 1
            o = layers(ids, mask)
            o = torch.cat([(o[2] + o[3]) / 2, (o[4] + o[5]) / 2], -1)
            for j, s in enumerate(part):
                out[start[s] : start[s + 1]] = o[j][first[j]].numpy().astype(np.float16)
        out.flush()
