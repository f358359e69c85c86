/** The paper whose statements the files of this folder put to the test. */
export const paper = {
  title: 'Gradient Descent Optimizes Infinite-Depth ReLU Implicit Networks with Linear Widths',
  citation: 'Tianxiang Gao and Hongyang Gao, 2022, arXiv:2205.07463.',
};
