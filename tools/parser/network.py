"""The network of internal/nlp, and its file."""

import json
import struct

import numpy as np
import torch
import torch.nn as nn

from biaffine import Parser
from words import GLOVE, ROWS, TABLE

NUMBERS = {"F16": np.float16, "F32": np.float32, "I8": np.int8}


def read(file):
    """Metadata and tensors of a safetensors file, tables of bytes times the scales of their rows."""
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


def write(file, metadata, tensors, int8=False):
    """Writes tensors by name, in float16; with int8 the embedding tables as bytes, which makes the file 2.2 MB smaller."""
    header, at, data = {"__metadata__": metadata}, 0, []

    def add(name, x):
        nonlocal at
        dtype = next(k for k, v in NUMBERS.items() if v == x.dtype)
        header[name] = dict(dtype=dtype, shape=list(x.shape), data_offsets=[at, at + x.nbytes])
        at += x.nbytes
        data.append(x.tobytes())

    for name, x in sorted(tensors.items()):
        x = x.detach().cpu().float().numpy()
        if int8 and name.startswith("E."):
            x, scale = rows_of_bytes(x)
            add(name.replace(".weight", ".scale"), scale)
            add(name, x)
        else:
            add(name, x.astype(np.float16))
    h = json.dumps(header, separators=(",", ":")).encode()
    h += b" " * (-len(h) % 8)
    with open(file, "wb") as f:
        f.write(struct.pack("<Q", len(h)) + h + b"".join(data))


class Mix(nn.Module):
    """Maxout of three pieces, normalised."""

    def __init__(self, inputs, width):
        super().__init__()
        self.l, self.n, self.width = nn.Linear(inputs, 3 * width), nn.LayerNorm(width), width

    def forward(self, x):
        return self.n(self.l(x).view(*x.shape[:-1], self.width, 3).max(-1)[0])


class Student(Parser):
    """Three BiLSTM layers, of which the third adds to what it reads. features: words × 9, of all words that it may be called with."""

    def __init__(self, features, width=256, drop=0.12):
        super().__init__(width, width // 2, 64, drop)
        self.register_buffer("features", features, persistent=False)
        self.register_buffer("vectors", torch.from_numpy(GLOVE), persistent=False)
        self.E = nn.ModuleList([nn.Embedding(n, 64) for n in ROWS])
        for e in self.E:
            nn.init.normal_(e.weight, 0, 0.1)
        self.mix = Mix(8 * 64 + 100, width)
        self.enc = nn.ModuleList([nn.LSTM(width, width // 2, batch_first=True, bidirectional=True) for _ in range(3)])

    def tensors(self):
        """The weights by their names in the file, where the layers of the LSTM are those of one module: enc.l.bias_hh_l2."""
        out = {}
        for k, v in self.state_dict().items():
            if k.startswith("enc."):
                _, layer, name = k.split(".")
                k = "enc.l." + name.replace("_l0", "_l" + layer)
            out[k] = v
        return out

    def load(self, tensors):
        """Takes over the tensors that are as large as its own."""
        with torch.no_grad():
            for k, v in self.tensors().items():
                if tensors[k].shape == v.shape:
                    v.copy_(tensors[k])
        return self

    def forward(self, words):
        f = self.features[words]
        e = torch.cat([self.E[t](f[:, :, i]) for i, t in enumerate(TABLE)], -1)
        if self.training:  # now and then the whole word is unknown, or its own embedding only
            some = lambda p: (torch.rand(*words.shape, 1, device=e.device) > p).float()
            e = torch.cat([e[:, :, :128] * some(0.1), e[:, :, 128:]], -1) * some(0.08)
        x = self.drop(self.mix(self.drop(torch.cat([e, self.vectors[f[:, :, 8]]], -1))))
        for i, layer in enumerate(self.enc):
            y = self.drop(layer(x)[0])
            x = y if i < 2 else x + y
        return self.output(x)
