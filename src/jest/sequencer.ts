import { relative, sep } from 'node:path';
import { shardsBelow } from '../shards';

/** The little of jest's test that is read here. */
export interface SequencedTest {
  readonly path: string;
  readonly context: { readonly config: { readonly rootDir: string; readonly id: string } };
}

/** `--shard=2/3` as jest hands it on. */
export interface Shard {
  readonly shardIndex: number;
  readonly shardCount: number;
}

/**
 * The tests of one shard. Each project is divided by itself, so that a shard has the same claims whether or not unit
 * tests run beside them. Throws when the shard would be empty, since a machine that looks at nothing is a mistake.
 */
export function testsOfShard<T extends SequencedTest>(tests: readonly T[], { shardIndex, shardCount }: Shard): T[] {
  const projects = [...new Set(tests.map(({ context }) => context.config.id))];
  const selected = projects.flatMap((id) => {
    const own = tests.filter(({ context }) => context.config.id === id);
    const { rootDir } = own[0]!.context.config;
    const nameOf = ({ path }: T): string => relative(rootDir, path).split(sep).join('/');
    const shards = shardsBelow(rootDir, own.map(nameOf), shardCount);
    return own.filter((test) => shards.get(nameOf(test)) === shardIndex);
  });
  if (selected.length === 0 && tests.length > 0) {
    throw new Error(
      `--shard=${shardIndex}/${shardCount} leaves nothing to run: there are ${tests.length} test files, so use at most as many shards`,
    );
  }
  return selected;
}
