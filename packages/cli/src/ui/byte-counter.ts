import type { Output } from "../io.ts";

/** Creates a counter of downloaded bytes, whose total is unknown. Drawn in place, and only on a terminal. */
export function createByteCounter(output: Output): { show(bytes: number): void; clear(): void } {
  let shown = 0;
  return {
    show(bytes) {
      const megabytes = Math.floor(bytes / 1e6);
      if (!output.isTTY || megabytes === shown) return;
      shown = megabytes;
      output.write(`\r${megabytes} MB`);
    },
    clear() {
      if (shown > 0) output.write(`\r${" ".repeat(`${shown} MB`.length)}\r`);
    },
  };
}
