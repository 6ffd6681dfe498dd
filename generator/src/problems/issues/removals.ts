/** `null` where an overlay means to take something out. */
import { definitionOf, type Schema, unwrap } from "./schema-walk.ts";
import type { Complaint, Scope } from "./complaint.ts";
import { valueAt } from "./values.ts";

/** In: a complaint about a whole file. Out: the same; where `null` stands for nothing, it says how an overlay removes. */
export function withRemoval(complaint: Complaint, { schema, value }: Scope): Complaint {
  const { path } = complaint;
  const [field] = path;
  const isNull = field !== undefined && valueAt(value, path) === null;
  const takesOut = isNull && field !== "remove" && isRemovable(schema, field);
  // A list has no names: it is replaced whole.
  if (!takesOut || path.some((step) => typeof step === "number")) return complaint;
  return {
    ...complaint,
    fix: `take it out here with remove: [${JSON.stringify(path.join("."))}]`,
  };
}

function isRemovable(schema: Schema, field: PropertyKey): boolean {
  const definition = definitionOf(unwrap(schema));
  return (
    definition.type === "object" &&
    Object.hasOwn(definition.shape, "remove") &&
    Object.hasOwn(definition.shape, field)
  );
}
