import { HtmlReportError, writeHtml } from '../report/html';
import { fromRoot } from '../report/places';
import { ForeignContent } from '../report/self-contained';
import { count } from '../report/text';
import { BadInput } from './bad-input';
import { STATUS, type Command } from './commands';

/** Makes the HTML report of the results that the last run left. */
export const reportCommand: Command = (args, { places, say }) => {
  if (args.length > 0) throw new BadInput(`"${args.join(' ')}" is more than this command takes`);
  try {
    const { path, bytes, results } = writeHtml(places);
    say(`HTML report of ${count(results, 'claim')}: ${fromRoot(places, path)} (${(bytes / 1e6).toFixed(1)} MB)`);
    return STATUS.good;
  } catch (error) {
    if (!(error instanceof HtmlReportError || error instanceof ForeignContent)) throw error;
    say(error.message);
    return STATUS.bad;
  }
};
