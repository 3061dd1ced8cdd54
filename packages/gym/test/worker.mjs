// The worker on sources: a thread does not inherit what lets this process run TypeScript.
import { register } from "tsx/esm/api";

register();
await import("../src/training/blocking/worker.ts");
