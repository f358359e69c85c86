/** Where in its space a claim holds and where it breaks: the instances looked at, as points over their parameters. */
import type { Claim, Instance } from '../claim/exam';
import type { VerdictRecord } from '../claim/record';
import type { Seen } from '../claim/watch';
import type { Real } from '../numerics/arithmetic';
import { isReal, toDouble } from '../numerics/real';
import { scaleFor } from './axis-scale';
import type { Axis, Colour, Figure, Panel, Scatter, Shape } from './plot/figure';
import { count } from './text';

/** What an instance is shown as. */
type Kind = 'holds' | 'near' | 'unresolved' | 'solver wrong' | 'breaks';

/** In the order in which they are drawn, what breaks on top. */
const LOOKS: Readonly<Record<Kind, { readonly words: string; readonly colour: Colour; readonly shape: Shape }>> = {
  holds: { words: 'holds', colour: 'blue', shape: 'dot' },
  near: { words: 'holds, within a twentieth of the bound', colour: 'orange', shape: 'triangle' },
  unresolved: { words: 'not decided', colour: 'purple', shape: 'dot' },
  'solver wrong': { words: 'the solver is wrong', colour: 'black', shape: 'cross' },
  breaks: { words: 'breaks', colour: 'vermillion', shape: 'cross' },
};

/** So many instances of a kind are drawn at most, evenly taken. */
const MOST = 400;

/** All pairs of parameters are shown up to so many of them. */
const PAIRED = 3;

/**
 * The instances looked at, coloured by what came out, over every pair of parameters; of more than three parameters, over
 * the two with which the violation changes most; of a single one, the violation itself. Parameters that are no numbers
 * have no axis. Empty where nothing was looked at.
 */
export function spaceFigures(claim: Claim, record: VerdictRecord, seen: readonly Seen[]): readonly Figure[] {
  const names = claim.exam.inside.names.filter((name) => seen.every(({ instance }) => isReal(instance[name])));
  if (names.length === 0 || seen.length === 0) return [];
  const title = `${claim.id}: ${count(seen.length, 'instance')} looked at, ${seen.filter(({ drawn }) => drawn).length} of them drawn`;
  return [{ title, panels: axesOf(names, seen).map(([x, y]) => panel(x, y, record, seen)) }];
}

/** A quantity of an instance: a parameter, or, where there is only one, the violation. */
interface Quantity {
  readonly label: string;
  of(seen: Seen): number;
}

const parameter = (name: string): Quantity => ({ label: name, of: ({ instance }) => toDouble(instance[name] as Real) });
const violation: Quantity = {
  label: '(left − right)/(|left| + |right|)',
  of: ({ worst }) => worst?.violation ?? NaN,
};

function axesOf(names: readonly string[], seen: readonly Seen[]): readonly (readonly [Quantity, Quantity])[] {
  const quantities = (names.length > PAIRED ? telling(names, seen) : names).map(parameter);
  if (quantities.length === 1) return [[quantities[0]!, violation]];
  return quantities.flatMap((x, k) => quantities.slice(k + 1).map((y) => [x, y] as const));
}

/** The two parameters with which the violation changes most, in the order of the space. */
function telling(names: readonly string[], seen: readonly Seen[]): readonly string[] {
  const spread = new Map(names.map((name) => [name, spreadOver(parameter(name), seen)]));
  const [first, second] = [...names].sort((a, b) => spread.get(b)! - spread.get(a)!);
  return names.filter((name) => name === first || name === second);
}

/** The variance between the mean violations of eight classes of equal size, ordered by the quantity. */
function spreadOver({ of }: Quantity, seen: readonly Seen[]): number {
  const known = seen.filter(({ worst }) => worst !== undefined).sort((a, b) => of(a) - of(b));
  const classes = Array.from({ length: 8 }, (_, k) =>
    known.slice(Math.floor((k * known.length) / 8), Math.floor(((k + 1) * known.length) / 8)),
  );
  const means = classes
    .filter(({ length }) => length > 0)
    .map((members) => mean(members.map(({ worst }) => worst!.violation)));
  const middle = mean(means);
  return mean(means.map((x) => (x - middle) ** 2));
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, x) => sum + x, 0) / values.length;

function panel(x: Quantity, y: Quantity, record: VerdictRecord, seen: readonly Seen[]): Panel {
  const special = specialInstances(record, seen);
  const all = [...seen, ...special.map((one) => one.seen)];
  return {
    x: axis(x, all),
    y: axis(y, all),
    series: [
      ...(Object.keys(LOOKS) as Kind[]).flatMap((kind) => kindSeries(kind, x, y, seen)),
      ...special.map(({ name, colour, seen: one }) => points(name, [one], x, y, { colour, shape: 'diamond' })),
    ],
  };
}

function axis(quantity: Quantity, all: readonly Seen[]): Axis {
  return { label: quantity.label, scale: scaleFor(all.map(quantity.of).filter(Number.isFinite)) };
}

function kindSeries(kind: Kind, x: Quantity, y: Quantity, seen: readonly Seen[]): readonly Scatter[] {
  const { words, colour, shape } = LOOKS[kind];
  const members = seen.filter((one) => kindOf(one) === kind);
  if (members.length === 0) return [];
  const shown = members.filter((_, k) => k % Math.ceil(members.length / MOST) === 0);
  const some = shown.length < members.length ? `, ${shown.length} shown` : '';
  return [points(`${words} (${members.length}${some})`, shown, x, y, { colour, shape })];
}

/** Near is said of inequalities: an identity that holds is always at its boundary. */
function kindOf({ outcome, worst }: Seen): Kind {
  if (outcome !== 'holds') return outcome;
  return worst && worst.relation !== '=' && worst.violation > -1 / 20 ? 'near' : 'holds';
}

function points(
  name: string,
  seen: readonly Seen[],
  x: Quantity,
  y: Quantity,
  look: { readonly colour: Colour; readonly shape: Shape },
): Scatter {
  return { kind: 'points', name, x: seen.map(x.of), y: seen.map(y.of), ...look };
}

/** The instances that the record names, to be found again among the others. */
function specialInstances(
  { verdict, worst, simplest, tightest, solverFailure }: VerdictRecord,
  seen: readonly Seen[],
): readonly { readonly name: string; readonly colour: Colour; readonly seen: Seen }[] {
  const special = (name: string, colour: Colour, instance: Instance | undefined, sample?: Seen['worst']) => {
    if (!instance) return [];
    const known = seen.find((one) => one.instance === instance);
    const found: Seen = known ?? { instance, drawn: false, outcome: 'breaks', ...(sample ? { worst: sample } : {}) };
    return [{ name, colour, seen: found }];
  };
  if (solverFailure)
    return special('shows that the solver is wrong', 'black', solverFailure.instance, solverFailure.sample);
  if (verdict !== 'refuted') return special('tightest', 'black', tightest?.instance, tightest?.sample);
  return [
    ...special('worst witness', 'black', worst?.instance, worst?.sample),
    ...special('simplest witness', 'green', simplest?.instance, simplest?.sample),
  ];
}
