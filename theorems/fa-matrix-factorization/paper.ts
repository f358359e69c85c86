/** The paper whose statements the files of this folder put to the test. */
export const paper = {
  title: 'How and When Random Feedback Works: A Case Study of Low-Rank Matrix Factorization',
  citation: 'Shivam Garg and Santosh S. Vempala, AISTATS 2022 (arXiv 2111.08706).',
};
