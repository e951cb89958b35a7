"""Times Oxigraph on the quads of storebench, which `go run . -dump FILE` writes.

    pip install pyoxigraph
    python oxigraph.py FILE FOLDER
"""

import itertools
import os
import resource
import statistics
import sys
import tempfile
import time

import pyoxigraph as ox

LIMIT = 5  # seconds: a query that took so long once is not run again
SYLLABLES = "al ber co dan el fin gor han is jar kal lov mos nik or pet rus sok tal ur vin wex yar zan".split()


def entity(n):
    return f"<kg:{SYLLABLES[n % len(SYLLABLES)]}_{n}>"


def relations(*numbers):
    return " ".join(f"<kgo:relation{n}>" for n in numbers)


def size(path):
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)


def say(name, rows, times):
    print(f"{name:<48} {rows:8d}  p50 {statistics.median(times) * 1e3:9.3f} ms", flush=True)


def measure(store, name, query):
    times = []
    rows = 0
    for _ in range(9):
        start = time.perf_counter()
        result = list(store.query(query, use_default_graph_as_union=True))
        times.append(time.perf_counter() - start)
        rows = int(result[0][0].value) if "COUNT" in query else len(result)
        if times[-1] > LIMIT:
            break
    say(name, rows, times)


def transactions(path, folder, most):
    """Articles one by one, each in a transaction of its own."""
    store = ox.Store(folder)
    took = done = articles = 0
    with open(path, "rb") as file:
        quads = ox.parse(input=file, format=ox.RdfFormat.N_QUADS)
        for _, group in itertools.groupby(quads, key=lambda q: q.graph_name):
            group = list(group)
            start = time.perf_counter()
            store.extend(group)
            took += time.perf_counter() - start
            done += len(group)
            articles += 1
            if done >= most or took > 30:
                break
    print(f"article-sized transactions: {articles} articles, {done} quads in {took:.2f} s: {done / took:.0f} quads/s")


def main():
    path, folder = sys.argv[1:]
    print("load", open("/proc/loadavg").read().strip())
    with tempfile.TemporaryDirectory(dir=folder) as tmp:
        transactions(path, os.path.join(tmp, "tx"), 200_000)
        disk = os.path.join(tmp, "bulk")
        store = ox.Store(disk)
        start = time.perf_counter()
        store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
        took = time.perf_counter() - start
        store.flush()
        n = len(store)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"bulk load, with parsing: {n} quads in {took:.2f} s: {n / took:.0f} quads/s; disk {size(disk) / 1e6:.1f} MB; peak memory {peak} kB")
        mid, hub, other = entity(40), entity(0), entity(1)
        count = "SELECT (COUNT(*) AS ?n) WHERE"
        measure(store, "1 hop, rows", f"SELECT ?o WHERE {{ {entity(12)} ?p ?o }} LIMIT 1000")
        measure(store, "2 hops, 100 rows", f"SELECT ?o WHERE {{ {mid} ?p ?x . ?x ?q ?o }} LIMIT 100")
        measure(store, "2 hops, counted", f"{count} {{ VALUES ?p {{ {relations(0, 1, 2)} }} {mid} ?p ?x . ?x ?q ?o }}")
        measure(store, "3 hops, 100 rows", f"SELECT ?o WHERE {{ {mid} ?p ?x . ?x ?q ?y . ?y ?r ?o }} LIMIT 100")
        measure(store, "what points at a hub, counted", f"{count} {{ GRAPH ?g {{ ?s ?p {hub} }} }}")
        measure(store, "what points at a hub by a predicate, counted", f"{count} {{ GRAPH ?g {{ ?s <rdf:type> <kgo:Claim> }} }}")
        measure(store, "rows with their labels",
                f"SELECT ?o ?l WHERE {{ VALUES ?p {{ {relations(0, 1, 2, 3)} }} {entity(6)} ?p ?o . ?o <rdfs:label> ?l }} LIMIT 62")
        measure(store, "intersection of claims of two", f"{count} {{ ?c <rdf:subject> {hub} . ?c <rdf:object> {other} }}")
        measure(store, "numeric filter", f"{count} {{ ?c <kgo:confidence> ?x FILTER(?x > .95) }}")
        measure(store, "pattern on labels", f'{count} {{ GRAPH ?g {{ ?s <rdfs:label> ?l }} FILTER(REGEX(?l, "sok.* [12]$")) }}')
        measure(store, "prefix of labels", f'{count} {{ GRAPH ?g {{ ?s <rdfs:label> ?l }} FILTER(STRSTARTS(?l, "Ber")) }}')
        measure(store, "all quads of a predicate, counted", f"{count} {{ GRAPH ?g {{ ?s <rdf:type> ?o }} }}")
        times = []
        rows = 0
        for _ in range(9):
            start = time.perf_counter()
            rows = 0
            for quad in store.quads_for_pattern(ox.NamedNode(entity(60)[1:-1]), None, None):
                rows += 1
                if isinstance(quad.object, (ox.NamedNode, ox.BlankNode)):
                    next(iter(store.quads_for_pattern(quad.object, ox.NamedNode("rdfs:label"), None)), None)
            times.append(time.perf_counter() - start)
        say("page of an entity, quads with labels", rows, times)
        measure(store, "intersection of two neighbourhoods",
                f"SELECT DISTINCT ?x WHERE {{ {{ {hub} ?p ?x }} UNION {{ ?x ?p {hub} }} {{ {other} ?q ?x }} UNION {{ ?x ?q {other} }} }}")


main()
