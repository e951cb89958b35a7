import { escapeXML } from "./page.js";

const nodeKeys = { name: "string", kind: "string", type: "string", statements: "int" };
const edgeKeys = { relation: "string", relations: "string", side: "string", status: "string", statements: "int", articles: "int", first: "string", last: "string" };

// graphML writes nodes ({id, name, kind, type, statements}) and edges ({source, target, relations, side, …}) as GraphML.
export function graphML(nodes, edges) {
  const data = (keys, at) =>
    Object.keys(keys)
      .filter((k) => at[k] !== undefined && at[k] !== "")
      .map((k) => `<data key="${k}">${escapeXML(at[k])}</data>`)
      .join("");
  const key = (domain, keys, prefix) =>
    Object.entries(keys).map(([k, t]) => `  <key id="${prefix}${k}" for="${domain}" attr.name="${k}" attr.type="${t}"/>`);
  const flat = (e) => ({
    ...e,
    relation: e.relations[0]?.name,
    relations: e.relations.map((r) => `${r.id} (${r.statements})`).join(", "),
  });
  const prefixed = (keys, at, prefix) => data(keys, at).replaceAll('<data key="', `<data key="${prefix}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...key("node", nodeKeys, "n_"),
    ...key("edge", edgeKeys, "e_"),
    '  <graph edgedefault="directed">',
    ...nodes.map((n) => `    <node id="${escapeXML(n.id)}">${prefixed(nodeKeys, n, "n_")}</node>`),
    ...edges.map((e) => `    <edge source="${escapeXML(e.source)}" target="${escapeXML(e.target)}">${prefixed(edgeKeys, flat(e), "e_")}</edge>`),
    "  </graph>",
    "</graphml>",
    "",
  ].join("\n");
}
