"""What the teachers together make of text and held: label.py [SET ...] writes labels_SET.pt.

That is, for all words of a set in a row: head, of the best tree; heads and heads_p, the eight likeliest heads and their probabilities,
int16 and float16; rel, the probabilities of all relations to head, and those of upos, xpos and ner, float16. 280 bytes a word.
"""

import sys

import torch

from biaffine import evaluate, predict
from sentences import Sentences, corpus, device
from teacher import teachers
from words import path

HEADS = 8


def label(models, s):
    out = {}

    def put(key, at, x, kind):
        if key not in out:
            out[key] = torch.zeros(len(s.of["ids"]), *x.shape[2:], dtype=kind, device=device)
        out[key][at] = x.to(kind)

    for part in s.batches(12000, False):
        at = s.words(part)
        head, p = predict(models, s.get("ids", at))
        best, heads = p.pop("heads").topk(min(HEADS, at.shape[1] + 1))
        pad = (0, HEADS - best.shape[-1])
        put("head", at, head, torch.int16)
        put("heads", at, torch.nn.functional.pad(heads, pad), torch.int16)
        put("heads_p", at, torch.nn.functional.pad(best, pad), torch.float16)
        for k, x in p.items():
            put(k, at, x, torch.float16)
    return {k: x.cpu() for k, x in out.items()}


def main():
    data = corpus()
    models = teachers(data["words"])
    print(len(models), "teachers", *(evaluate(models, Sentences(k, data["sets"][k])) for k in ("ewt_dev", "gum_dev")), flush=True)
    for name in sys.argv[1:] or [k for k in ("held", "text") if k in data["sets"]]:
        labels = label(models, Sentences(name, data["sets"][name]))
        torch.save(labels, path(f"labels_{name}.pt"))
        sure = float(labels["heads_p"][:, 0].float().mean())
        print(name, len(labels["head"]), "words, mean probability of the best head", round(sure, 4), flush=True)


if __name__ == "__main__":
    main()
