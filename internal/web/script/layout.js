// A worker: lays a large graph out while the page stays usable. It gets {order, nodes, edges}, the matrices of graphology's
// ForceAtlas2 (nodes 10 numbers each, x and y first; edges 3 each), and posts positions again and again, the last with done.
import iterate from "graphology-layout-forceatlas2/iterate.js";

self.onmessage = ({ data: { order, nodes, edges, rounds } }) => {
  const settings = {
    linLogMode: false, outboundAttractionDistribution: true, adjustSizes: false, edgeWeightInfluence: 0.6, scalingRatio: 12, strongGravityMode: true, gravity: 0.04,
    slowDown: 1 + Math.log(Math.max(order, 2)), barnesHutOptimize: order > 400, barnesHutTheta: 0.7,
  };
  const positions = () => {
    const at = new Float32Array(order * 2);
    for (let i = 0; i < order; i++) {
      at[2 * i] = nodes[10 * i];
      at[2 * i + 1] = nodes[10 * i + 1];
    }
    return at;
  };
  let round = 0, last = performance.now();
  while (round++ < rounds) {
    iterate(settings, nodes, edges);
    if (performance.now() - last > 120) {
      last = performance.now();
      self.postMessage({ positions: positions(), part: round / rounds });
    }
  }
  self.postMessage({ positions: positions(), part: 1, done: true });
};
