"""The treebanks and the sentences that the teacher labels: corpus.py TEXT.conllu ... writes corpus.pkl."""

import gzip
import pickle
import random
import sys

from common import DATA, path

# Sentences for the student, with names and without, and for the confidence; files named first are taken whole, the last one fills
# up at random.
MOST, MORE, HELD = 22000, 63000, 7000


def conllu(file):
    op = gzip.open if file.endswith(".gz") else open
    cur = []
    for line in op(file, "rt", encoding="utf8"):
        line = line.rstrip("\n")
        if not line and cur:
            yield cur
            cur = []
        elif line and line[0] != "#" and line.split("\t")[0].isdigit():
            cur.append(line.split("\t"))
    if cur:
        yield cur


def gold(file):
    return [
        dict(w=[c[1] for c in s], upos=[c[3] for c in s], xpos=[c[4] for c in s], head=[int(c[6]) for c in s], rel=[c[7] for c in s])
        for s in conllu(DATA + "/treebank/" + file)
    ]


def plain(file, seen):
    for s in conllu(file):
        words = [c[1] for c in s]
        text = " ".join(words)
        if not 4 <= len(words) <= 70 or text in seen or text == text.upper():
            continue
        seen.add(text)
        if sum(w.isalpha() for w in words) >= len(words) * 0.6:  # no rows of tables
            yield dict(w=words)


random.seed(7)
corpus = {
    "ewt_train": gold("ewt/train.conllu.gz"), "gum_train": gold("gum/train.conllu.gz"),
    "ewt_dev": gold("ewt/dev.conllu.gz"), "gum_dev": gold("gum/dev.conllu.gz"),
}
silver, seen = [], set()
for file in sys.argv[1:]:
    more = list(plain(file, seen))
    random.shuffle(more)
    silver += more[: MOST + MORE + HELD - len(silver)]
random.shuffle(silver)
corpus["silver"], corpus["held"], corpus["more"] = silver[:MOST], silver[MOST : MOST + HELD], silver[MOST + HELD :]
for name, sentences in corpus.items():
    print(name, len(sentences), "sentences", sum(len(s["w"]) for s in sentences), "words")
pickle.dump(corpus, open(path("corpus.pkl"), "wb"))
