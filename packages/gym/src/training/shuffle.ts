import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Puts a list in an order that the seed alone decides, in place. */
export function shuffle(list: unknown[], seed: number): void {
  const generator = xoroshiro128plus(seed);
  for (let last = list.length - 1; last > 0; last--) {
    const other = uniformInt(generator, 0, last);
    [list[last], list[other]] = [list[other], list[last]];
  }
}
