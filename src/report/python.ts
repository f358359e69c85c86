import type { Claim, Instance } from '../claim/exam';
import type { Relation } from '../claim/finding';
import { over } from '../claim/judge';
import { witnessBreaks } from '../claim/record';
import { rationals } from '../numerics/rational';
import type { Counterexample } from './counterexample';
import { BROKEN, oneLine } from './text';

/** Words that Python keeps for itself, and names of the script's own: such a parameter gets an underscore behind it. */
const RESERVED = new Set(
  'F horizon at part constant left right and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

/** The name of a parameter in the script: `lambda` becomes `lambda_`. */
export function pythonName(name: string): string {
  return RESERVED.has(name) ? `${name}_` : name;
}

/**
 * A script in plain Python, `fractions` alone, that computes both sides of an exact counterexample anew and fails
 * unless they are the fractions in the file and break (for existence: keep) the relation. `undefined` when the
 * counterexample is not exact, its fractions are too long to print, or the claim has no lines in Python.
 */
export function pythonScript(claim: Claim, file: Counterexample): string | undefined {
  const { comparison, grade, kind } = file;
  const [left, right] = [comparison?.left.exact, comparison?.right.exact];
  if (grade !== 'exact' || kind === 'solver failure' || !comparison || left === undefined || right === undefined)
    return undefined;
  if (!claim.python || (file.horizon > 0 && !claim.exam.python)) return undefined;
  const lines = [
    `# ${file.claim}: ${oneLine(file.where)}`,
    `# ${kind === 'refutes' ? 'Claimed' : 'There is an instance with'}: ${oneLine(file.says)}`,
    'from fractions import Fraction as F',
    ...parameters(claim, file.instance),
    ...(file.constant === undefined ? [] : [`constant = F(${JSON.stringify(String(file.constant))})`]),
    `horizon = ${file.horizon}`,
    `at = ${comparison.at}`,
    ...(comparison.part === '' ? [] : [`part = ${JSON.stringify(comparison.part)}`]),
    ...(claim.exam.python ?? []),
    ...claim.python,
    ...checks(file, comparison.relation, left, right),
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * Fractions for real parameters (a double is the fraction that it is), lists of them for vectors, lists of rows for
 * matrices, whole numbers for counts, texts for choices.
 */
function parameters({ exam }: Claim, instance: Instance): readonly string[] {
  const values = over(exam, rationals as never, instance) as Readonly<Record<string, unknown>>;
  return Object.entries(values).map(([name, value]) => `${pythonName(name)} = ${inPython(value)}`);
}

function inPython(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inPython).join(', ')}]`;
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'number' ? String(value) : `F("${rationals.exactText(value as never)!}")`;
}

const IN_PYTHON: Readonly<Record<string, string>> = { '≤': '<=', '<': '<', '=': '==', '>': '>', '≥': '>=', '≠': '!=' };

function checks({ claim, form }: Counterexample, relation: Relation, left: string, right: string): readonly string[] {
  const refutes = witnessBreaks(form);
  const sign = IN_PYTHON[refutes ? BROKEN[relation] : relation]!;
  return [
    `assert left == F("${left}"), f"left is {left}, the file says ${left}"`,
    `assert right == F("${right}"), f"right is {right}, the file says ${right}"`,
    `assert left ${sign} right, f"{left} ${sign} {right} does not hold"`,
    `print(f"${claim} is ${refutes ? 'refuted' : 'shown'}: left = {left} ${sign} right = {right}")`,
  ];
}
