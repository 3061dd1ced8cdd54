import { isRecord } from "@tau2/domains";

/**
 * A parameter schema with what has no say in the comparison taken away: references are put in place; titles and descriptions, the ban on
 * further keys, and the choice "or any object" beside a record go; "or null" goes where null is the default (the reference leaves it
 * out for some, and we take null there).
 */
export function comparableSchema(schema: unknown, root: unknown = schema): unknown {
  if (!isRecord(schema)) return schema;
  if (typeof schema["$ref"] === "string") return comparableSchema(resolve(schema["$ref"], root), root);
  const options = alternatives(schema);
  const {
    title: _,
    description: __,
    additionalProperties,
    $defs: ___,
    definitions: ____,
    anyOf: _____,
    oneOf: ______,
    type,
    ...rest
  } = schema;
  if (options) return choice(options, rest, root);
  const comparable: Record<string, unknown> = { ...rest, ...(type === undefined ? {} : { type }) };
  if (isRecord(additionalProperties)) comparable["values"] = comparableSchema(additionalProperties, root);
  if ("items" in rest) comparable["items"] = comparableSchema(rest["items"], root);
  if (isRecord(rest["properties"])) {
    comparable["properties"] = Object.fromEntries(
      Object.entries(rest["properties"]).map(([name, field]) => [name, comparableSchema(field, root)]),
    );
  }
  return comparable;
}

function resolve(reference: string, root: unknown): unknown {
  const parts = reference.replace(/^#\//, "").split("/");
  return parts.reduce<unknown>((at, part) => (isRecord(at) ? at[part] : undefined), root);
}

/** The choices of a schema, whichever way they are written; null when it has none. */
function alternatives(schema: Record<string, unknown>): unknown[] | null {
  for (const key of ["anyOf", "oneOf"]) if (Array.isArray(schema[key])) return schema[key] as unknown[];
  const { type } = schema;
  return Array.isArray(type)
    ? type.map((name: unknown) => (name === "null" ? { type: "null" } : Object.assign({}, schema, { type: name })))
    : null;
}

function choice(options: unknown[], rest: Record<string, unknown>, root: unknown): unknown {
  const isNull = (option: unknown) => isRecord(option) && option["type"] === "null";
  const dropNull = "default" in rest && rest["default"] === null;
  const kept = options.filter((option) => !isAnyObject(option) && !(dropNull && isNull(option)));
  const comparable = kept.map((option) => comparableSchema(option, root));
  const own = "default" in rest ? { default: rest["default"] } : {};
  return comparable.length === 1 && isRecord(comparable[0]) ? { ...comparable[0], ...own } : { anyOf: comparable, ...own };
}

function isAnyObject(option: unknown): boolean {
  return isRecord(option) && option["type"] === "object" && !("properties" in option) && option["additionalProperties"] === true;
}
