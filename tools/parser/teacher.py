"""A teacher: all-mpnet-base-v2, fine-tuned on the treebanks under a BiLSTM. teacher.py SEED writes teacher_SEED.pt."""

import argparse
import glob
import os
import time

import torch
import torch.nn as nn
import torch.nn.functional as F
from tokenizers import Tokenizer
from transformers import MPNetConfig, MPNetModel

from biaffine import Parser, evaluate, treebank_loss
from sentences import Sentences, corpus, device, epoch, seed
from words import ROWS, TABLE, features, path

TOKENS = 1600  # a batch
RATES = 4.5e-5, 1e-3  # of the transformer and of all above it
LAYERS = 6  # the last ones of the transformer: their weighted mean is what a piece gets
PIECES = 6  # of a word, those after are left out
NO_WORD = 7  # the case of what is no piece of a word


def case(word):
    """How a word is written, which the transformer's pieces do not tell."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 1 if any(c.isdigit() for c in word) else 0
    if all(c.islower() for c in letters):
        return 2
    if all(c.isupper() for c in letters):
        return 3 if len(letters) > 1 else 4
    return 5 if letters[0].isupper() and all(c.islower() for c in letters[1:]) else 6


class Vocabulary:
    """All words as a teacher reads them: features (words × 9), pieces (words × PIECES, -1 for none) and case."""

    def __init__(self, words):
        tokenizer = Tokenizer.from_file(os.path.join(os.environ["MPNET"], "tokenizer.json"))
        tokenizer.no_padding(), tokenizer.no_truncation()
        self.first, self.pad, self.last, unknown = (tokenizer.token_to_id(t) for t in ("<s>", "<pad>", "</s>", "[UNK]"))
        self.features = torch.tensor([features(w)[:8] for w in words])
        self.case = torch.tensor([case(w) for w in words])
        self.pieces = torch.full((len(words), PIECES), -1)
        for i, e in enumerate(tokenizer.encode_batch(words, add_special_tokens=False)):
            ids = e.ids[:PIECES] or [unknown]
            self.pieces[i, : len(ids)] = torch.tensor(ids)


def transformer(pretrained):
    folder = os.environ["MPNET"]
    make = MPNetModel.from_pretrained(folder) if pretrained else MPNetModel(MPNetConfig.from_pretrained(folder))
    make = make.float()
    make.pooler = None
    make.encoder.relative_attention_bias.weight.requires_grad_(False)
    return make


def autocast():
    return torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda")


class Teacher(Parser):
    def __init__(self, vocabulary, pretrained, hidden=256):
        super().__init__(512 + 2 * hidden, 384, 128, 0.3)
        self.special = vocabulary.first, vocabulary.pad, vocabulary.last
        for k in ("features", "pieces", "case"):
            self.register_buffer("word_" + k, getattr(vocabulary, k), persistent=False)
        self.transformer = transformer(pretrained)
        self.case = nn.Embedding(8, 768)
        nn.init.zeros_(self.case.weight)
        self.mix = nn.Parameter(torch.zeros(LAYERS))
        self.E = nn.ModuleList([nn.Embedding(n, 32) for n in ROWS])
        for e in self.E:
            nn.init.normal_(e.weight, 0, 0.1)
        self.inp, self.norm = nn.Linear(768 + 8 * 32, 512), nn.LayerNorm(512)
        self.lstm = nn.LSTM(512, hidden, 1, batch_first=True, bidirectional=True)

    def contextual(self, words):
        """What the transformer makes of each word: the mean of its first and its last piece."""
        n, first, pad, last = len(words), *self.special
        pieces, case = self.word_pieces[words], self.word_case[words]
        there = (pieces >= 0).flatten(1)
        end = there.sum(1, keepdim=True) + 1
        width = int(end.max()) + 1
        # each piece goes to its place in the row, what is none to a column that is cut off
        place = torch.where(there, there.cumsum(1), width)
        row = lambda fill, x: torch.full((n, width + 1), fill, device=words.device).scatter(1, place, x.flatten(1))[:, :width]
        ids, cases = row(pad, pieces), row(NO_WORD, case[:, :, None].expand_as(pieces))
        ids[:, 0] = first
        ids.scatter_(1, end, last)
        mask = torch.arange(width, device=words.device) <= end
        x = self.transformer.embeddings.word_embeddings(ids) + self.case(cases)
        layers = self.transformer(inputs_embeds=x, attention_mask=mask.long(), output_hidden_states=True).hidden_states[-LAYERS:]
        x = sum(w * h.float() for w, h in zip(torch.softmax(self.mix, 0), layers))
        count = (pieces >= 0).sum(-1)
        to = count.cumsum(1)
        of = lambda at: x.gather(1, at[:, :, None].expand(-1, -1, x.shape[2]))
        return (of(to - count + 1) + of(to)) / 2

    def forward(self, words):
        with autocast():
            x, f = self.contextual(words), self.word_features[words]
            e = torch.cat([self.E[t](f[:, :, i]) for i, t in enumerate(TABLE)], -1)
            if self.training:
                e = e * (torch.rand(*words.shape, 1, device=e.device) > 0.2)
            x = self.drop(self.norm(F.gelu(self.inp(torch.cat([self.drop(x), self.drop(e)], -1))))).float()
            with torch.autocast(device.type, enabled=False):
                y = self.lstm(x)[0]
            return self.output(torch.cat([self.drop(y), x], -1))

    def relations(self, out, head):
        with autocast():
            return super().relations(out, head)


def teachers(words):
    """All teachers that there are in WORK."""
    vocabulary, out = Vocabulary(words), []
    for file in sorted(glob.glob(path("teacher_*.pt"))):
        m = Teacher(vocabulary, pretrained=False)
        m.load_state_dict(torch.load(file, map_location="cpu"))
        out.append(m.eval().to(device))
    return out


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("seed", type=int)
    parse.add_argument("--epochs", type=int, default=6)
    args = parse.parse_args()
    seed(args.seed)
    data = corpus()
    sets, dev = ([Sentences(k, data["sets"][k]) for k in names] for names in (("ewt_train", "gum_train"), ("ewt_dev", "gum_dev")))
    model = Teacher(Vocabulary(data["words"]), pretrained=True).to(device).train()
    low = [p for p in model.transformer.parameters() if p.requires_grad]
    known = {id(p) for p in model.transformer.parameters()}
    high = [p for p in model.parameters() if id(p) not in known]
    groups = [dict(params=p, lr=r, peak=r) for p, r in zip((low, high), RATES)]
    opt = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    total, step = sum(len(s.batches(TOKENS)) for s in sets) * args.epochs, 0
    for n in range(args.epochs):
        began = time.time()
        for s, part in epoch(*((s, TOKENS) for s in sets)):
            for g in opt.param_groups:
                g["lr"] = g["peak"] * (min(1, (step + 1) / 250) * (1 - step / total) + 0.01)
            step += 1
            # short sentences make small batches, which tell less
            loss = treebank_loss(model, s, part, 0.4) * min(1, part.size * int(s.length[part[0]]) / TOKENS + 0.1)
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 3.0)
            opt.step()
        print("epoch", n, round(time.time() - began), "s", *(evaluate([model], d) for d in dev), flush=True)
    torch.save(model.state_dict(), path(f"teacher_{args.seed}.pt"))


if __name__ == "__main__":
    main()
