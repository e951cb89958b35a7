"""Treebanks and text as arrays: corpus.py TEXT.conllu ... [--held FILE.conllu ...] writes corpus.pkl.

That is words, all the distinct ones, and sets, by name:

    ewt_train, gum_train, ewt_dev, gum_dev    the treebanks
    text                                      what the teachers label for the student
    held                                      what they label to measure by and for kg eval confidence: no student reads it

A set is length, the words of each sentence; ids, all its words in a row as indices of words; and where it has them head (0 the root),
rel, upos, xpos and ner of all words, as indices of the network's labels, -100 where ner is not known.
"""

import argparse
import gzip
import pickle
import unicodedata

import numpy as np

from words import DATA, INDEX, path, relation

UNKNOWN = -100


def lines(file):
    with (gzip.open if file.endswith(".gz") else open)(file, "rt", encoding="utf8") as f:
        yield from (line.rstrip("\n") for line in f)


def table(file):
    """Sentences of a file with one word a line, as lists of columns."""
    cur = []
    for line in lines(file):
        if line and not line.startswith("# "):
            cur.append(line.split("\t"))
        elif not line and cur:
            yield cur
            cur = []
    if cur:
        yield cur


def conllu(file):
    for s in table(file):
        yield [c for c in s if c[0].isdigit()]


def treebank(file, names):
    """A treebank with the names of each sentence, lists of tags, None where they are not known."""
    out = []
    for s in conllu(DATA + "/treebank/" + file):
        words = [c[1] for c in s]
        tags = names(words)
        out.append(
            dict(
                words=words, head=[int(c[6]) for c in s], rel=[relation(c[7]) for c in s], upos=[INDEX["pos"][c[3]] for c in s],
                xpos=[INDEX["xpos"].get(c[4], 0) for c in s],
                ner=[INDEX["ner"].get(t, UNKNOWN) for t in tags] if tags else [UNKNOWN] * len(s),
            )
        )
    return out


def names_in_order(file):
    """The names of the next sentence, out of what "kg eval ner --examples" wrote for all of a treebank."""
    sentences = table(file)

    def of(words):
        s = next(sentences)
        assert [c[0] for c in s] == words, (file, words)
        return [c[1] for c in s]

    return of


def names_by_words(file):
    """The names of a sentence that Universal NER has."""
    known = {tuple(c[1] for c in s): [c[2] for c in s] for s in table(file)}
    return lambda words: known.get(tuple(words))


def text(file, seen):
    """Sentences of text, repeated and odd ones left out."""
    for s in conllu(file):
        words = [c[1] for c in s]
        sentence = " ".join(words)
        if not 4 <= len(words) <= 70 or sentence in seen or sentence == sentence.upper():
            continue
        seen.add(sentence)
        if any(c == "\ufffd" or unicodedata.category(c) == "Co" for c in sentence):  # characters that a program lost
            continue
        if sum(w.isalpha() for w in words) >= len(words) * 0.6:  # no rows of tables
            yield dict(words=words)


def arrays(sentences, index):
    of = lambda key, kind: np.array([v for s in sentences for v in s[key]], kind)
    out = dict(length=np.array([len(s["words"]) for s in sentences], np.int64))
    out["ids"] = np.array([index.setdefault(w, len(index)) for s in sentences for w in s["words"]], np.int32)
    if sentences and "head" in sentences[0]:
        out.update(head=of("head", np.int16), **{k: of(k, np.int8) for k in ("rel", "upos", "xpos", "ner")})
    return out


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("text", nargs="+")
    parse.add_argument("--held", nargs="+", default=[])
    args = parse.parse_args()
    uner, unknown = names_by_words(DATA + "/ner/uner-ewt/dev.iob2.gz"), lambda words: None
    sets, seen, index = {}, set(), {}
    for name, sentences in {
        "ewt_train": treebank("ewt/train.conllu.gz", names_in_order(path("ner_ewt_train.tsv"))),
        "gum_train": treebank("gum/train.conllu.gz", names_in_order(path("ner_gum_train.tsv"))),
        "ewt_dev": treebank("ewt/dev.conllu.gz", uner), "gum_dev": treebank("gum/dev.conllu.gz", unknown),
        "held": [s for file in args.held for s in text(file, seen)],  # first: what it has is left out of text
        "text": [s for file in args.text for s in text(file, seen)],
    }.items():
        if not sentences:
            continue
        sets[name] = arrays(sentences, index)
        print(name, len(sentences), "sentences", len(sets[name]["ids"]), "words")
    with open(path("corpus.pkl"), "wb") as f:
        pickle.dump(dict(words=list(index), sets=sets), f, protocol=4)


if __name__ == "__main__":
    main()
