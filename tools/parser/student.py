"""kg's own network learns on from the treebanks and the text that the teachers read: student.py OUT.safetensors."""

import argparse
import math
import os
import time

import torch
import torch.nn as nn

from biaffine import evaluate, treebank_loss
from network import Student, read, write
from sentences import Sentences, corpus, device, epoch, seed
from words import MODEL, features, path

TOKENS, TREEBANK = 5000, 2500  # a batch of text, of the treebanks
READINGS = 2  # of the treebanks for one of the text
OLD, NEW = (8e-4, 0.12), (2e-3, 0.15)  # rate and dropout where the weights of now are gone on from and where most are new
HELD = 3000  # sentences to measure the agreement with the teachers by


def teachers_loss(model, s, part):
    """Cross-entropy against the teachers' probabilities (Hinton et al. 2015)."""
    at = s.words(part)
    out = model(s.get("ids", at))
    p = lambda key: s.get(key, at).float()
    cross = lambda x, p: -(torch.log_softmax(x, -1) * p).sum(-1).mean()
    k = min(s.of["heads"].shape[-1], out.heads.shape[-1])
    heads = torch.log_softmax(out.heads, -1).gather(-1, s.get("heads", at)[:, :, :k].long())
    rel = model.relations(out, s.get("head", at).long())
    arc = -(heads * p("heads_p")[:, :, :k]).sum(-1).mean()
    return arc + cross(rel, p("rel")) + 0.5 * (cross(out.upos, p("upos")) + cross(out.xpos, p("xpos"))) + 0.3 * cross(out.ner, p("ner"))


def held(arrays):
    """The first sentences of held, as if the teachers' trees were a treebank's."""
    labels, n = torch.load(path("labels_held.pt")), int(arrays["length"][:HELD].sum())
    s = Sentences("held", dict(length=arrays["length"][:HELD], ids=arrays["ids"][:n]))
    s.of["head"] = labels["head"][:n].long().to(device)
    s.of.update((k, labels[k][:n].max(-1)[1].to(device)) for k in ("rel", "upos", "xpos", "ner"))
    return s


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("out")
    parse.add_argument("--minutes", type=float, default=6, help="of training, over which the rate falls")
    parse.add_argument("--width", type=int, default=256, help="of the network; where it is another than now, most weights are new")
    parse.add_argument("--int8", action="store_true", help="embedding tables of bytes")
    args = parse.parse_args()
    seed(1)
    data = corpus()
    load = lambda name: Sentences(name, data["sets"][name])
    treebanks, text, dev = [load("ewt_train"), load("gum_train")], load("text"), [load("ewt_dev"), load("gum_dev")]
    text.of.update((k, v.to(device)) for k, v in torch.load(path("labels_text.pt")).items())
    if os.path.exists(path("labels_held.pt")):
        dev.append(held(data["sets"]["held"]))
    metadata, tensors = read(os.path.join(MODEL, "model.safetensors"))
    top, drop = OLD if args.width == len(tensors["root"]) else NEW
    metadata["width"] = str(args.width)
    model = Student(torch.tensor([features(w) for w in data["words"]]), args.width, drop).load(tensors).to(device)
    print("before", *(evaluate([model], d) for d in dev), flush=True)
    params = list(model.parameters())
    opt = torch.optim.AdamW(params, lr=top, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    mean = [p.detach().clone() for p in params]  # of the weights over the last steps: what is written
    step, words, done, start = 0, 0, 0, time.time()
    model.train()
    while done < 1:
        for s, part in epoch((text, TOKENS), *((s, TREEBANK) for s in treebanks * READINGS)):
            done = (time.time() - start) / 60 / args.minutes
            if done >= 1:
                break
            for g in opt.param_groups:
                g["lr"] = top * min(1, (step + 1) / 300) * (0.49 * (1 + math.cos(math.pi * done)) + 0.02)
            size = part.size * int(s.length[part[0]])
            step, words = step + 1, words + size
            loss = teachers_loss(model, s, part) if s is text else treebank_loss(model, s, part, 0.3)
            opt.zero_grad()
            (loss * min(1, size / TREEBANK + 0.05)).backward()  # short sentences make small batches, which tell less
            nn.utils.clip_grad_norm_(params, 5.0)
            opt.step()
            if step % 5 == 0:
                keep = min(0.985, 1 - 1 / (1 + step / 5))
                for m, p in zip(mean, params):
                    m.lerp_(p.detach(), 1 - keep)
        print(round(time.time() - start), "s", step, "steps", words, "words", flush=True)
    for p, m in zip(params, mean):
        p.detach().copy_(m)
    print("after", *(evaluate([model], d) for d in dev), flush=True)
    write(args.out, metadata, model.tensors(), args.int8)


if __name__ == "__main__":
    main()
