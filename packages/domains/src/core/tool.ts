import type { z } from "zod";
import { Tau2Error } from "./errors.ts";
import type { Json } from "./json.ts";

/** What a tool does to the state. Only `write` tools run again when a recorded conversation is replayed. */
export type ToolKind = "read" | "write" | "think" | "generic";

/** What a tool's rule gets to work with. */
export interface ToolContext<Db> {
  /** The database of the tool's side. In a `write` tool it is a draft: assign to it freely. In other tools it must not be changed. */
  db: Db;
  /** What the domain remembers beside its databases. Only for what the reference keeps outside of them; a draft in `write` tools. */
  notes: Record<string, Json>;
  /** A fresh id of eight hexadecimal digits, unique in the environment. */
  newId(): string;
}

/** A tool as the environment runs it: a declaration and its rule. Made by {@link createToolFactory}. */
export interface Tool<Db = never> {
  readonly name: string;
  readonly kind: ToolKind;
  /** Whether a replay runs it again. By default true for `write`. */
  readonly mutatesState: boolean;
  readonly description: string;
  /** A strict object: it is the wire schema and the check of every call. */
  readonly parameters: z.ZodObject;
  /** Drives the wire text of the answer. */
  readonly result: z.ZodType;
  run(context: ToolContext<Db>, args: never): unknown;
}

/** A tool's declaration. */
export interface ToolSpec<Db, P extends z.ZodObject, R extends z.ZodType> {
  name: string;
  kind: ToolKind;
  mutatesState?: boolean;
  description: string;
  parameters: P;
  result: R;
  /** Answers the call. Throw `ToolError` to refuse it with a text for the model. */
  run(context: ToolContext<Db>, args: z.output<P>): z.output<R>;
}

/**
 * Fixes the database type once for a domain; the function it returns declares one tool.
 *
 * ```ts
 * const tool = createToolFactory<LibraryDb>();
 * export const lendBook = tool({ name: "lend_book", kind: "write", description: "…", parameters: z.strictObject({…}), result: Book, run({ db }, { id }) {…} });
 * ```
 */
export function createToolFactory<Db>() {
  return function tool<P extends z.ZodObject, R extends z.ZodType>(spec: ToolSpec<Db, P, R>): Tool<Db> {
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(spec.name)) {
      throw new Tau2Error("invalid", `tool name '${spec.name}' must be 1 to 64 letters, digits, '_' or '-'`);
    }
    return { mutatesState: spec.kind === "write", ...spec };
  };
}
