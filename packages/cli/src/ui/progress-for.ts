import type { CliIo } from "../io.ts";
import { liveProgress } from "./live-progress.ts";
import { paintFor } from "./paint.ts";
import { plainProgress } from "./plain-progress.ts";
import type { Progress } from "./progress.ts";

/** Drawn again and again on a terminal; elsewhere, a line for each thing that happens. */
export function progressFor(io: CliIo): Progress {
  const paint = paintFor(io.stderr, io.env);
  const canRedraw = io.stderr.isTTY === true && io.env["TERM"] !== "dumb";
  return canRedraw ? liveProgress(io.stderr, paint) : plainProgress(io.stderr, paint);
}
