import type { Task } from "../../core/task/task.ts";

/**
 * Positions in the full set. The official division was drawn once at random and follows no rule (docs/spec/telecom-tasks.md#t5).
 */
const train = [
  2284, 2281, 2276, 2238, 2283, 2256, 2228, 2209, 1088, 1615, 2102, 712, 1582, 660, 373, 2178, 1905, 1508, 1850, 1408, 343, 337, 948, 1274,
  788, 452, 837, 465, 330, 432, 496, 329, 431, 13, 253, 252, 242, 235, 236, 197, 238, 195, 117, 208, 134, 43, 11, 8, 176, 175, 83, 73, 227,
  103, 18, 81, 34, 89, 37, 20, 262, 294, 278, 299, 293, 275, 291, 274, 276, 260, 297, 286, 271, 270,
];
const test = [
  2089, 2279, 2280, 1619, 1129, 1983, 380, 312, 658, 2148, 353, 531, 463, 1953, 333, 322, 251, 136, 183, 47, 248, 230, 93, 171, 17, 296,
  300, 295, 290, 281, 292, 261, 279, 263, 289, 298, 269, 288, 268, 267,
];

/** The official splits of the full set. */
export function composeSplits(tasks: readonly Task[]): Record<string, readonly string[]> {
  const at = (positions: readonly number[]) => positions.map((position) => tasks[position]!.id);
  const isSmall = ({ id }: Task) => !id.includes("|");
  return {
    small: tasks.filter(isSmall).map(({ id }) => id),
    train: at(train),
    test: at(test),
    full: tasks.map(({ id }) => id),
    base: [...at(train), ...at(test)],
  };
}
