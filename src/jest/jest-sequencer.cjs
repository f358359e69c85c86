/**
 * Jest loads its sequencer as it is: this one divides tests into shards by src/jest/sequencer.ts, and is jest's own in
 * everything else. Jest's own is found by way of jest, which brings it.
 */
const { createRequire } = require('node:module');
const { register } = require('tsx/cjs/api');

const core = createRequire(require.resolve('jest')).resolve('@jest/core');
const { default: Sequencer } = createRequire(core)('@jest/test-sequencer');

/** Left registered, tsx would keep jest from finding what the global setup imports. */
const typeScript = register({ namespace: 'sequencer' });
const { testsOfShard } = typeScript.require('./sequencer.ts', __filename);
typeScript.unregister();

module.exports = class ShardsOfEqualTime extends Sequencer {
  shard(tests, shard) {
    try {
      return testsOfShard(tests, shard);
    } catch (error) {
      error.stack = error.message;
      throw error;
    }
  }
};
