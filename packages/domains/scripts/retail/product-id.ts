import { unused, type Random } from "../lib/random.ts";

/** Ids of products and items that are in use: the two share their numbers. */
export type TakenIds = Set<string>;

/** Ten digits. About half of them are below 2 ** 32, where JavaScript takes a key for an array index and loses its place. */
export function productId(random: Random, taken: TakenIds): string {
  return unused(taken, () => `${random.chance(50) ? random.int(1, 3) : random.int(5, 9)}${random.digits(9)}`);
}
