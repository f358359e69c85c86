/** The paper whose statements the files of this folder put to the test. */
export const paper = {
  title: 'Convergence Analysis and Implicit Regularization of Feedback Alignment for Deep Linear Networks',
  citation: 'Anonymous authors, under double-blind review.',
};
