import type { Output } from "../io.ts";

/** Shows how much of a download has come, for which nobody says beforehand how long it is. In place, and only on a terminal. */
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
