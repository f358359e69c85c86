import { resolve } from 'node:path';
import { settingsFrom, UnknownSetting } from '../claim/budget';
import { placesIn } from '../report/places';
import { BadInput } from './bad-input';
import { claimCommand, replayCommand, STATUS, tryCommand, verifyCommand, type Command, type World } from './commands';
import { keepCommand } from './keep';
import { mergeCommand } from './merge';
import { newCommand } from './new-claim';
import { reportCommand } from './report';
import { teethCommand } from './teeth';
import { timingsCommand } from './timings';

const COMMANDS: Readonly<Record<string, Command>> = {
  claim: claimCommand,
  try: tryCommand,
  replay: replayCommand,
  verify: verifyCommand,
  keep: keepCommand,
  report: reportCommand,
  teeth: teethCommand,
  merge: mergeCommand,
  timings: timingsCommand,
  new: newCommand,
};

const USAGE = `Usage:
  npm run claim -- <id>                       reach the verdict on one claim and print everything about it
  npm run try -- <id> name=number …           look at a claim with your own numbers
  npm run replay -- <file>                    what solver and definition say on a counterexample
  npm run verify -- <file> …                  re-evaluate counterexamples by the definition alone
  npm run keep -- <id> …                      reach the verdicts and store what was found, in cases/
  npm run report                              make the HTML report of the last run
  npm run teeth                               which seeded faults the claims of the last run catch
  npm run merge -- <folder> …                 one report of what several shards wrote
  npm run timings                             write how long each theorem file took, to divide shards by
  npm run new -- <paper>/<id>                 write a theorem file to fill in

Numbers are exact: 3, -2, 3/5, 1e-3, and 0.1, which is one tenth and not the double next to it. A vector is a list of
them, a matrix a list of rows: 'W=[[1,0],[0,1/2]]', in quotes where your shell reads brackets.

Settings: ASSAY_SOLVER=<module> puts another solver in the place of ours (claim, try, replay, keep),
ASSAY_BUDGET=quick|standard|deep and ASSAY_SEED=<whole number> say how much claim and keep try, and from where,
ASSAY_REPORTS=<folder> puts another folder in the place of reports/.

Exit status: 0 it holds (claim, keep: the recorded verdict; verify: every file is sound; teeth: every fault
is caught and every claim has teeth or says why not; merge: as the run of all claims; report, timings, new: written),
1 it does not, 2 the input means nothing, 3 (try, replay) it could not be decided.`;

/** Errors that are the input's fault: their message is all there is to say. */
const INPUT_ERRORS = [
  'BadInput',
  'MalformedInstance',
  'UnknownSetting',
  'SolverError',
  'TheoremFileError',
  'NoValue',
  'NothingToReport',
  'UnusableVerdicts',
  'UnmergeableReports',
  'StoredCasesError',
];

/** Runs one command line and returns the exit status. */
export function main(args: readonly string[], world: World, complain: (line: string) => void): number {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || args.includes('--help') || args.includes('-h')) {
    (name === undefined ? complain : world.say)(USAGE);
    return name === undefined ? STATUS.input : STATUS.good;
  }
  try {
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]! : undefined;
    if (!command) throw new BadInput(`there is no command "${name}"\n\n${USAGE}`);
    const option = rest.find((arg) => /^--?[a-z]/i.test(arg));
    if (option !== undefined) throw new BadInput(`there is no option "${option}"\n\n${USAGE}`);
    return command(rest, world);
  } catch (error) {
    if (!(error instanceof Error) || !INPUT_ERRORS.includes(error.name)) throw error;
    complain(error.message);
    return STATUS.input;
  }
}

/** Runs the process's command line; a setting that means nothing is the input's fault, whatever the command. */
function start(complain: (line: string) => void): number {
  const root = resolve(__dirname, '..', '..');
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    const places = placesIn(root, settingsFrom(process.env).reports);
    return main(process.argv.slice(2), { places, environment: process.env, say }, complain);
  } catch (error) {
    if (!(error instanceof UnknownSetting)) throw error;
    complain(error.message);
    return STATUS.input;
  }
}

if (require.main === module) process.exitCode = start((line) => void process.stderr.write(`${line}\n`));
