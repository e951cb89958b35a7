// node check.mjs DIR reads DIR/g.nq, g.nt and g.ttl with n3 and oxigraph, checks that both readers find the same graph and that
// Turtle and N-Triples are the triples of N-Quads, and prints how many quads each reader found as JSON.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import N3 from "n3";
import oxigraph from "oxigraph";
import { isomorphic } from "rdf-isomorphic";

const formats = { nq: "application/n-quads", nt: "application/n-triples", ttl: "text/turtle" };
const dir = process.argv[2];
const counts = {};
const read = { n3: {}, oxigraph: {} };

for (const [ext, type] of Object.entries(formats)) {
  const text = readFileSync(join(dir, "g." + ext), "utf8");
  read.n3[ext] = new N3.Parser({ format: type }).parse(text);
  read.oxigraph[ext] = oxigraph.parse(text, { format: type });
  for (const name of Object.keys(read)) {
    counts[name + "." + ext] = read[name][ext].length;
  }
}

// One spelling for both libraries' terms; n3 writes language tags in small letters.
const term = (t) =>
  t.termType === "Literal"
    ? JSON.stringify([t.value, t.language.toLowerCase(), t.datatype.value])
    : JSON.stringify([t.termType, t.value]);
const line = (q, graph) =>
  [q.subject, q.predicate, q.object].map(term).join(" ") + (graph ? " " + term(q.graph) : "");
const set = (quads, graph) => [...new Set(quads.map((q) => line(q, graph)))].sort();

function equal(what, a, b) {
  if (a.length !== b.length || a.some((x, i) => x !== b[i])) {
    const other = new Set(b);
    console.error(`${what}: ${a.length} and ${b.length}; only in the first: ${a.find((x) => !other.has(x))}`);
    process.exit(1);
  }
}

for (const ext of Object.keys(formats)) {
  equal("n3 and oxigraph on " + ext, set(read.n3[ext], true), set(read.oxigraph[ext], true));
}
for (const name of Object.keys(read)) {
  equal(name + ": nq and nt", set(read[name].nq, false), set(read[name].nt, true).map((l) => l.replace(/ [^ ]*$/, "")));
  equal(name + ": nt and ttl", set(read[name].nt, true), set(read[name].ttl, true));
}
if (!isomorphic(read.n3.nt, read.n3.ttl)) {
  console.error("N-Triples and Turtle are not isomorphic");
  process.exit(1);
}
console.log(JSON.stringify(counts));
