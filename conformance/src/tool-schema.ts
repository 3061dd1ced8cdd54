import { isRecord } from "@tau2/domains/internal";

type Schema = Record<string, unknown>;

/**
 * Removes the parts of a parameter schema that the comparison ignores: references are inlined; titles and descriptions, the ban on
 * further keys, and the choice "or any object" beside a record go; "or null" goes where null is the default (tau2-bench leaves it
 * out for some, and we take null there).
 */
export function comparableSchema(schema: unknown, root: unknown = schema): unknown {
  if (!isRecord(schema)) return schema;
  const { title: _, description: __, $defs: ___, definitions: ____, ...own } = schema;
  const { $ref, ...beside } = own;
  if (typeof $ref === "string") return comparableSchema({ ...resolve($ref, root), ...beside }, root);
  const options = alternatives(own);
  if (options) return choice(options, "default" in own ? { default: own["default"] } : {}, root);
  const { additionalProperties, ...comparable } = own;
  if (isRecord(additionalProperties)) comparable["values"] = comparableSchema(additionalProperties, root);
  if ("items" in own) comparable["items"] = comparableSchema(own["items"], root);
  if (isRecord(own["properties"])) {
    comparable["properties"] = Object.fromEntries(
      Object.entries(own["properties"]).map(([name, field]) => [name, comparableSchema(field, root)]),
    );
  }
  return comparable;
}

function resolve(reference: string, root: unknown): Schema {
  const parts = reference.replace(/^#\//, "").split("/");
  const found = parts.reduce<unknown>((at, part) => (isRecord(at) ? at[part] : undefined), root);
  return isRecord(found) ? found : {};
}

/** Returns the choices of a schema, whichever way they are written; null if it lacks them. */
function alternatives(schema: Schema): unknown[] | null {
  for (const key of ["anyOf", "oneOf"]) if (Array.isArray(schema[key])) return schema[key] as unknown[];
  const { type, default: _, ...rest } = schema;
  return Array.isArray(type)
    ? type.map((name: unknown) => (name === "null" ? { type: "null" } : Object.assign({}, rest, { type: name })))
    : null;
}

function choice(options: unknown[], own: { default?: unknown }, root: unknown): unknown {
  const kept = options.filter((option) => !isAnyObject(option) && !(own.default === null && isNull(option)));
  const comparable = kept.map((option) => comparableSchema(option, root));
  return comparable.length === 1 && isRecord(comparable[0]) ? { ...comparable[0], ...own } : { anyOf: comparable, ...own };
}

function isNull(option: unknown): boolean {
  return isRecord(option) && option["type"] === "null";
}

function isAnyObject(option: unknown): boolean {
  if (!isRecord(option) || option["type"] !== "object" || Object.keys(option["properties"] ?? {}).length > 0) return false;
  const others = option["additionalProperties"];
  return others === true || (isRecord(others) && Object.keys(others).length === 0);
}
