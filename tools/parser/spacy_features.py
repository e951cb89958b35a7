"""What spaCy's en_core_web_md says of every word: spacy.pkl."""

import os
import pickle

import numpy as np
import spacy
from spacy.tokens import Doc

from common import path

nlp = spacy.load(os.environ["SPACY_MODEL"], exclude=["lemmatizer", "attribute_ruler", "senter"])
tags = {t: i for i, t in enumerate(nlp.get_pipe("tagger").labels)}
deps = {}
features = {}
for name, sentences in pickle.load(open(path("corpus.pkl"), "rb")).items():
    docs = (Doc(nlp.vocab, words=s["w"], sent_starts=[True] + [False] * (len(s["w"]) - 1)) for s in sentences)
    features[name] = [
        dict(
            tag=np.array([tags.get(t.tag_, len(tags)) for t in d], np.int16),
            dep=np.array([deps.setdefault(t.dep_, len(deps)) for t in d], np.int16),
            head=np.array([0 if t.head.i == t.i else t.head.i + 1 for t in d], np.int16),
            ent=[t.ent_iob_ + "-" + t.ent_type_ if t.ent_type_ else "O" for t in d],
            vec=d.tensor.astype(np.float16),
        )
        for d in nlp.pipe(docs, batch_size=256)
    ]
pickle.dump(dict(features=features, tags=len(tags) + 1, deps=len(deps) + 1), open(path("spacy.pkl"), "wb"), protocol=4)
