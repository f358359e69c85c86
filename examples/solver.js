/**
 * A solver of one's own, in the place of ours: `ASSAY_SOLVER=./examples/solver.js npx jest theorems`. Export an object
 * per family with the functions it implements (src/solvers/interfaces.ts); what it leaves out stays ours.
 */
exports.scalarFA = {
  /** The midpoint scheme from any weights: returns `steps + 1` points of both layers, the start first. */
  midpoint({ lambda, d, eta, steps, w1, w2 }) {
    const path = { w1: [w1], w2: [w2] };
    for (let t = 0; t < steps; t++) {
      const error = lambda - path.w2[t] * path.w1[t];
      path.w1.push(path.w1[t] + eta * d * error);
      path.w2.push(path.w2[t] + eta * error * 0.5 * (path.w1[t] + path.w1[t + 1]));
    }
    return path;
  },
};
