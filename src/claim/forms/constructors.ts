/**
 * Constructors of the claims that are neither *for all* nor *exists*. Each has its own kind of witness: what refutes it,
 * and what does not, is said with each, and in docs/verdicts.md.
 */
import { exactProbability, type Chance } from '../chance';
import { atMost } from '../compare';
import {
  claimOf,
  type Card,
  type Claim,
  type Conclusion,
  type Exam,
  type Family,
  type Measures,
  type More,
  type Recorded,
  type Sharpness,
  type Sides,
  type Within,
} from '../exam';
import type { Finding, Reading } from '../finding';
import type { Fields, Over } from '../space';

/**
 * The claim that the conclusion holds on almost every instance: outside a set of measure zero. Refuted only by an open
 * set, a box around an instance on all of which balls prove the break (for a flow: at its corners and centre). An
 * instance that breaks it while its neighbours do not is an exception, counted and shown.
 */
export function almostSurely<F extends Fields, K extends string, P extends string>(
  on: Exam<F, K, P>,
  spec: Card<F, K> & Recorded & { readonly then: Conclusion<F, K> },
): Claim {
  return claimOf('almost surely', on, spec);
}

/** A constant written down, and the parameters that the claim lets it depend on: it is handed no others. */
export interface Constant<F extends Fields, Names extends keyof F & string> {
  readonly of: readonly Names[];
  is<N>(R: Reading<N>, parameters: Pick<Over<N, F>, Names>): N;
}

type ConstantOrFamily<F extends Fields, Names extends keyof F & string> =
  | { readonly constant: Constant<F, Names>; readonly family?: never }
  | { readonly family: Family<F>; readonly constant?: never };

/**
 * The claim that one constant does for all instances that share the parameters it may depend on. Upheld with a constant
 * written down; that constant failing somewhere refutes nothing (`undecided`). Refuted by a family of instances, every
 * one certified, along which the constant needed exceeds a bound that grows without end.
 */
export function someConstant<
  F extends Fields,
  K extends string,
  P extends string,
  Names extends keyof F & string = keyof F & string,
>(
  on: Exam<F, K, P>,
  spec: Card<F, K> & Recorded & { readonly within: Within<F, K> } & ConstantOrFamily<F, Names>,
): Claim {
  const { within, constant, family, ...card } = spec;
  return claimOf(
    'some constant',
    on,
    { ...(card as unknown as Card<F, K> & Recorded), then: conclusionOf(within, constant) },
    moreOf(within, constant, family),
  );
}

/**
 * The claim left = O(right) as a parameter grows: one constant does, which does not depend on that parameter. Verdicts as
 * for {@link someConstant}; the exponent of left/right in the parameter, fitted over the draws, is reported and decides
 * nothing.
 */
export function order<
  F extends Fields,
  K extends string,
  P extends string,
  Names extends keyof F & string = keyof F & string,
>(
  on: Exam<F, K, P>,
  spec: Card<F, K> &
    Recorded & { readonly grows: keyof F & string; readonly sides: Sides<F, K> } & ConstantOrFamily<F, Names>,
): Claim {
  const { grows, sides, constant, family, ...card } = spec;
  if (constant && (constant.of as readonly string[]).includes(grows)) {
    throw new Error(`${spec.id}: the constant of an order claim may not depend on ${grows}, the parameter that grows`);
  }
  const within: Within<F, K> = (R, measures, instance, C) => {
    const { left, right } = sides(R, measures, instance);
    return atMost(R, left, R.mul(C, right));
  };
  return claimOf(
    'order',
    on,
    { ...(card as unknown as Card<F, K> & Recorded), then: conclusionOf(within, constant) },
    {
      ...moreOf(within, constant, family),
      order: { parameter: grows, sides: sides as unknown as Sides<Fields, string> },
    },
  );
}

/** What decides a claim about what happens as the path goes on for ever, at a finite time. */
interface Eventually<F extends Fields, K extends string> {
  /** Implies the claim, at a finite horizon: an envelope that tends to 0, a trapping interval, a gap that shrinks. */
  readonly then: Conclusion<F, K>;
  /** Implies that the claim is false, at a finite horizon: a rest or periodic point elsewhere, a set that is never left. */
  readonly excluded?: Conclusion<F, K>;
}

/**
 * The claim that something tends to a limit. A finite horizon decides nothing by itself: upheld where `then`, which
 * implies the limit, holds on every instance; refuted by an instance on which `excluded`, which rules it out, is certified
 * to hold. `then` failing without that is `undecided`.
 */
export function limit<F extends Fields, K extends string, P extends string>(
  on: Exam<F, K, P>,
  spec: Card<F, K> & Recorded & Eventually<F, K>,
): Claim {
  const { excluded, ...card } = spec;
  return claimOf(
    'limit',
    on,
    card as unknown as typeof card & Recorded,
    excluded ? { excluded: forget(excluded) } : {},
  );
}

/**
 * The claim that something tends to its limit at least at a rate: as {@link limit}. `sharpness` measures the rate on a
 * path in doubles; measured/claimed over the draws is reported and decides nothing.
 */
export function rate<F extends Fields, K extends string, P extends string>(
  on: Exam<F, K, P>,
  spec: Card<F, K> & Recorded & Eventually<F, K> & { readonly sharpness?: Sharpness<F, K> },
): Claim {
  const { excluded, sharpness, ...card } = spec;
  const more: More = {
    ...(excluded ? { excluded: forget(excluded) } : {}),
    ...(sharpness ? { sharpness: sharpness as unknown as Sharpness<Fields, string> } : {}),
  };
  return claimOf('rate', on, card as unknown as typeof card & Recorded, more);
}

/**
 * The claim that, at every instance, the conclusion holds on a random draw with at least the `probability` named: text
 * (`'0.99'`, `'99/100'`) is exact, a function of the instance is for one that depends on it. `draw` makes one draw at an
 * instance in doubles, and takes all its chance from `random`; `then` is the conclusion on it. Each instance is tested
 * sequentially on a stream of its own, for "at least p" and for "less than p"; a comparison too close to tell speaks for
 * neither. Upheld where every test ends with "at least p", refuted where one ends with "less than p", both with a
 * probability of error that is shared out over the whole suite; a probability that is p exactly is undecided. Each of the
 * `mutants` and `samplers` (other laws of the draw) has to end with "less than p". Throws an Error for a probability that
 * is not between 0 and 1, or where nothing is to be seen red.
 */
export function chance<F extends Fields, K extends string, P extends string, D>(
  on: Exam<F, K, P>,
  spec: Omit<Card<F, K>, 'mutants' | 'tight' | 'python' | 'charts'> & Recorded & Chance<F, D>,
): Claim {
  const { probability, draw, then, mutants, samplers, mostDraws, ...card } = spec;
  if (
    Object.keys({ ...mutants, ...samplers }).length === 0 &&
    card.recorded === 'upheld' &&
    card.toothless === undefined
  )
    throw new Error(`${spec.id}: a claim of chance needs mutants or samplers, for which it is false`);
  const claimed = typeof probability === 'function' ? probability : exactProbability(probability);
  const more = {
    probability: claimed,
    draw,
    then,
    ...(mutants ? { mutants } : {}),
    ...(samplers ? { samplers } : {}),
    ...(mostDraws === undefined ? {} : { mostDraws }),
  };
  return claimOf(
    'chance',
    on,
    { ...(card as unknown as Card<F, K> & Recorded), then: () => refuseWithoutDraw(spec.id) },
    { chance: more as unknown as Chance<Fields, unknown> },
  );
}

function refuseWithoutDraw(id: string): never {
  throw new Error(`${id} is a claim of chance: without a random draw there is nothing to compare`);
}

/**
 * What a paper saw in an experiment. The exam's cases are the printed settings with one seed each (a parameter of the
 * instance); there are no hypotheses and no definition, and `then` compares in doubles, with the errors of its samples.
 * Ends *reproduced* when it holds for every seed tried, *not reproduced* when it breaks for every one, else *undecided*.
 */
export function experiment<F extends Fields, K extends string, P extends string>(
  on: Exam<F, K, P>,
  spec: Card<F, K> & {
    readonly recorded: 'reproduced' | 'not reproduced' | 'undecided';
    /** Claims that say what was seen instead. */
    readonly corrected?: readonly string[];
    readonly then: Conclusion<F, K>;
  },
): Claim {
  if (on.cases.length === 0)
    throw new Error(`${spec.id}: an experiment needs its printed settings as the exam's cases`);
  return claimOf('experiment', on, spec);
}

const forget = <F extends Fields, K extends string>(conclusion: Conclusion<F, K>): Conclusion<Fields, string> =>
  conclusion as unknown as Conclusion<Fields, string>;

/** The conclusion with the constant put in; with no constant, nothing is tried on single instances. */
function conclusionOf<F extends Fields, K extends string, Names extends keyof F & string>(
  within: Within<F, K>,
  constant: Constant<F, Names> | undefined,
): Conclusion<F, K> {
  return <N>(R: Reading<N>, measures: Measures<N, K>, instance: Over<N, F>): Finding =>
    within(R, measures, instance, constant ? constantAt(R, constant, instance) : R.of(1));
}

/** The constant, made of the parameters that it may depend on and of no other. */
function constantAt<N, F extends Fields, Names extends keyof F & string>(
  R: Reading<N>,
  { of, is }: Constant<F, Names>,
  instance: Over<N, F>,
): N {
  const parameters = Object.fromEntries(of.map((name) => [name, instance[name]]));
  return is(R, parameters as Pick<Over<N, F>, Names>);
}

function moreOf<F extends Fields, K extends string, Names extends keyof F & string>(
  within: Within<F, K>,
  constant: Constant<F, Names> | undefined,
  family: Family<F> | undefined,
): More {
  return {
    within: within as unknown as Within<Fields, string>,
    ...(constant ? { constantOf: constant.of } : {}),
    ...(family ? { family: family as unknown as Family<Fields> } : {}),
  };
}
