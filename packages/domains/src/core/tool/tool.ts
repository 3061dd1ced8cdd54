import { z } from "zod";
import { Tau2Error, getErrorMessage } from "../errors.ts";
import { type Json, type JsonObject, isRecord } from "../json/json.ts";

/** Effect of a tool on the state. Only `write` tools run again when a recorded conversation is replayed. */
export type ToolKind = "read" | "write" | "think" | "generic";

/** Environment of a tool's rule while it runs. */
export interface ToolContext<Db> {
  /** The database of the tool's side. In a `write` tool it is a draft: assign to it freely. Other tools must not change it. */
  db: Db;
  /** Values that the domain remembers outside of its databases, as tau2-bench does for a few tools. A draft in `write` tools. */
  notes: Record<string, Json>;
  /** Returns a fresh id of eight hexadecimal digits, unique in the environment. */
  newId(): string;
}

/** Name, kind, arguments and result of a tool, as types. They are plain types: comparing schemas makes type-checking ten times slower. */
export interface ToolTypes<
  Name extends string = string,
  Input extends object = Record<string, unknown>,
  Output = unknown,
  Kind extends ToolKind = ToolKind,
> {
  readonly name: Name;
  readonly input: Input;
  readonly output: Output;
  readonly kind: Kind;
}

/** A tool: its declaration and its rule. Created by {@link createToolFactory}. */
export interface Tool<Db = never, Types extends ToolTypes = ToolTypes> {
  readonly name: Types["name"];
  readonly kind: Types["kind"];
  /** If true, a replay runs the tool again. Default: true for `write`. */
  readonly mutatesState: boolean;
  readonly description: string;
  /** Strict object schema. It is shown to models and validates every call. */
  readonly parameters: z.ZodObject;
  /** Schema of the result. It defines the text of the answer. */
  readonly result: z.ZodType;
  /** Types of the tool, for the compiler. This property does not exist at run time. */
  readonly types?: Types;
  /** Runs the rule on parsed arguments. */
  run(context: ToolContext<Db>, args: never): unknown;
}

/** Declaration of a tool. */
export interface ToolSpec<Db, Name extends string, P extends z.ZodObject, R extends z.ZodType, Kind extends ToolKind> {
  /** 1 to 64 letters, digits, `_` or `-`. */
  name: Name;
  kind: Kind;
  /** If true, a replay runs the tool again. Default: true for `write`. */
  mutatesState?: boolean | undefined;
  description: string;
  /** Strict object schema of the arguments. Parameters with a default are optional for models. */
  parameters: P;
  result: R;
  /** Answers the call. Throw `ToolError` to refuse it with a text for the model. */
  run(context: ToolContext<Db>, args: z.output<P>): z.output<R>;
}

/**
 * Returns a function that declares tools on a database of type `Db`. The types of name, kind, arguments and result are kept, so the
 * compiler checks calls. That function throws Tau2Error `invalid` for a bad name or for schemas of zod 3.
 * @example
 * ```ts
 * import { createToolFactory, ToolError } from "@tau2/domains";
 * import { z } from "zod";
 *
 * const tool = createToolFactory<{ books: Record<string, { lentTo: string | null }> }>();
 * export const lendBook = tool({
 *   name: "lend_book",
 *   kind: "write",
 *   description: "Lend a book to a reader.",
 *   parameters: z.strictObject({ book_id: z.string(), reader: z.string() }),
 *   result: z.string(),
 *   run({ db }, { book_id, reader }) {
 *     const book = db.books[book_id];
 *     if (!book) throw new ToolError(`Book ${book_id} not found`);
 *     book.lentTo = reader;
 *     return "Lent";
 *   },
 * });
 * ```
 */
export function createToolFactory<Db>() {
  return function tool<const Name extends string, P extends z.ZodObject, R extends z.ZodType, const Kind extends ToolKind>(
    spec: ToolSpec<Db, Name, P, R, Kind>,
  ): Tool<Db, ToolTypes<Name, z.input<P>, z.output<R>, Kind>> {
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(spec.name)) {
      throw new Tau2Error("invalid", `tool name '${spec.name}' must be 1 to 64 letters, digits, '_' or '-'`);
    }
    requireZod4(spec);
    return { ...spec, mutatesState: spec.mutatesState ?? spec.kind === "write" };
  };
}

/** Schemas of zod 3 have most of the same methods, so without this check they fail late, with a message that does not name zod. */
function requireZod4(tool: Partial<Pick<Tool, "parameters" | "result">> & Pick<Tool, "name">): void {
  for (const part of ["parameters", "result"] as const) {
    const schema: unknown = tool[part];
    if (!isRecord(schema) || "_zod" in schema || !("_def" in schema)) continue;
    throw new Tau2Error(
      "invalid",
      `tool '${tool.name}': ${part} is a schema of zod 3, and tools need zod 4. Install zod 4 (\`npm install zod@4\`), ` +
        'or import { z } from "zod/v4" if the project stays on zod 3.25',
    );
  }
}

/** Declaration of a tool for a model, in the format of OpenAI chat completions. */
export interface ToolDeclaration<Name extends string = string> {
  type: "function";
  function: { name: Name; description: string; parameters: JsonObject };
}

const declarations = new WeakMap<object, ToolDeclaration>();

/** Returns the declaration of a tool. It is created once. @throws Tau2Error `invalid` for parameters that JSON Schema cannot express, such as `z.date()` */
export function toToolDeclaration(tool: Pick<Tool, "name" | "description" | "parameters">): ToolDeclaration {
  let declaration = declarations.get(tool);
  if (!declaration) {
    const { name, description } = tool;
    declaration = { type: "function", function: { name, description, parameters: createParametersSchema(tool) } };
    declarations.set(tool, declaration);
  }
  return declaration;
}

function createParametersSchema({ name, parameters }: Pick<Tool, "name" | "parameters">): JsonObject {
  requireZod4({ name, parameters });
  try {
    return toParametersSchema(parameters);
  } catch (cause) {
    throw new Tau2Error("invalid", `the parameters of tool '${name}' cannot be shown to a model: ${getErrorMessage(cause)}`, { cause });
  }
}

/** Converts a tool's parameters to JSON Schema, by default draft 7 as models expect. Parameters with a default are optional. */
export function toParametersSchema(parameters: z.ZodObject, target: "draft-7" | "draft-2020-12" = "draft-7"): JsonObject {
  const { $schema: _, ...schema } = z.toJSONSchema(parameters, {
    io: "input",
    target,
    override: ({ jsonSchema }) => simplifySchema(jsonSchema),
  });
  return schema as JsonObject;
}

function simplifySchema(schema: z.core.JSONSchema.BaseSchema): void {
  // zod adds the range of safe integers to every integer, which a model does not need.
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.format) delete schema.pattern;
}
