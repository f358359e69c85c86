import { join, resolve } from 'node:path';
import { BadInput } from './bad-input';
import { claimCommand, replayCommand, STATUS, tryCommand, verifyCommand, type Command, type World } from './commands';
import { newCommand } from './new-claim';
import { reportCommand } from './report';
import { teethCommand } from './teeth';

const COMMANDS: Readonly<Record<string, Command>> = {
  claim: claimCommand,
  try: tryCommand,
  replay: replayCommand,
  verify: verifyCommand,
  report: reportCommand,
  teeth: teethCommand,
  new: newCommand,
};

const USAGE = `Usage:
  npm run claim -- <id>                       reach the verdict on one claim and print everything about it
  npm run try -- <id> name=number …           look at a claim with your own numbers
  npm run replay -- <file>                    what solver and definition say on a counterexample
  npm run verify -- <file> …                  re-evaluate counterexamples by the definition alone
  npm run report                              make the HTML report of the last run
  npm run teeth                               which seeded faults the claims of the last run catch
  npm run new -- <paper>/<id>                 write a theorem file to fill in

Numbers are exact: 3, -2, 3/5, 1e-3, and 0.1, which is one tenth and not the double next to it.

Settings: ASSAY_SOLVER=<module> puts another solver in the place of ours (claim, try, replay),
ASSAY_BUDGET=quick|standard|deep and ASSAY_SEED=<whole number> say how much claim tries, and from where.

Exit status: 0 it holds (claim: the recorded verdict; verify: every file is sound; teeth: every fault
is caught and every claim has teeth or says why not; report, new: written), 1 it does not,
2 the input means nothing, 3 (try, replay) it could not be decided.`;

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

if (require.main === module) {
  const root = resolve(__dirname, '..', '..');
  const world: World = {
    places: { root, reports: join(root, 'reports') },
    environment: process.env,
    say: (line) => void process.stdout.write(`${line}\n`),
  };
  process.exitCode = main(process.argv.slice(2), world, (line) => void process.stderr.write(`${line}\n`));
}
