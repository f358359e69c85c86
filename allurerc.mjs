/**
 * How the HTML report looks (`npm run report`). The folders are given by the command; the report is one file, so that it
 * opens from disk and can be sent to someone.
 */
const message = (pattern) => ({ statuses: ['failed', 'broken'], message: pattern });

export default {
  name: 'assay: claims and their verdicts',
  plugins: {
    awesome: {
      options: {
        singleFile: true,
        reportLanguage: 'en',
        groupBy: ['epic', 'feature'],
        defaultSortBy: 'name,asc',
      },
    },
  },
  /** Labels that say how the claim was run, not what it is. */
  hideLabels: ['language', 'framework', 'package', 'host', 'thread', 'parentSuite', 'suite'],
  /** Why a claim is red; the first that fits. */
  categories: [
    { name: 'The solver is wrong, not the theorem', matchers: message(/THE SOLVER IS WRONG/) },
    { name: 'Undecided: the computation could not tell', matchers: message(/verdict: undecided/) },
    { name: 'The verdict is not the recorded one', matchers: message(/recorded: (upheld|refuted|undecided)/) },
    { name: 'The verdict stands on too little', matchers: message(/as recorded — RED/) },
  ],
};
