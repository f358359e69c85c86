/** The evidence of a claim of chance along its tests. */
import type { Claim } from '../claim/exam';
import type { VerdictRecord } from '../claim/record';
import type { EvidencePath, Seen } from '../claim/watch';
import type { Figure, Panel } from './plot/figure';
import { count, shortInstanceText } from './text';

/** So many tests have a curve, the last of them, which the attack found, among them. */
const MOST = 6;

/** For both directions, the evidence over the draws, a curve a test, and how much is enough. Empty for other forms. */
export function chanceFigures({ id }: Claim, record: VerdictRecord, seen: readonly Seen[]): readonly Figure[] {
  const tested = seen.filter(({ evidence }) => evidence !== undefined);
  const [first] = record.formRecord?.chance?.tests ?? [];
  if (!first || tested.length === 0) return [];
  const shown = tested.length > MOST ? [...tested.slice(0, MOST - 1), tested.at(-1)!] : tested;
  const panel = (title: string, of: (path: EvidencePath) => readonly number[]): Panel => ({
    title,
    x: { label: 'draws', whole: true },
    y: { label: 'evidence, as a power of 10' },
    series: shown.map(({ instance, evidence }) => ({
      kind: 'line',
      name: shortInstanceText(instance),
      x: evidence!.draws,
      y: of(evidence!),
    })),
    marks: [{ on: 'y', at: -Math.log10(first.alpha), label: '1/α' }],
  });
  const panels = [
    panel('at least as often as claimed', ({ atLeast }) => atLeast),
    panel('less often than claimed', ({ less }) => less),
  ];
  return [{ title: `${id}, ${record.verdict}: evidence in ${count(tested.length, 'test')}`, panels }];
}
