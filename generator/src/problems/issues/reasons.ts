/** A standard that was loosened as one may, only without `because(value, "say why here")`. */
import { z } from "zod";
import { becauseValueOf, expectedText } from "./describe.ts";
import {
  type Complaint,
  type Issue,
  nameOf,
  type Path,
  type Scope,
  wholePath,
} from "./complaint.ts";
import { definitionOf, type Schema, schemasAt, unwrap } from "./schema-walk.ts";
import { pathText, shortValue } from "./text.ts";
import { isAuthored, valueAt } from "./values.ts";

/** Says whether a schema is a `because` wrapper that would take the value, had it a reason. */
export function needsOnlyReason(schema: Schema, value: unknown): boolean {
  const definition = definitionOf(unwrap(schema));
  const loosened = definition.type === "object" ? becauseValueOf(definition.shape) : undefined;
  return loosened !== undefined && z.safeParse(loosened, value).success;
}

/** In: where a reason is absent. Out: what to write instead. */
export function noReasonComplaint(path: Path, scope: Scope): Complaint {
  const value = valueAt(scope.value, path);
  const name = nameOf(scope, path);
  return {
    kind: "wrongValue",
    path: wholePath(scope, path),
    at: "value",
    message: isAuthored(value)
      ? `${name} needs a reason to be what it is`
      : `${name} may be ${shortValue(value)} only with a reason`,
    found: shortValue(value),
    expected: expectedText(schemasAt(scope.schema, scope.value, path)),
    fix: `write because(${isAuthored(value) ? "…" : shortValue(value)}, "say why here")`,
  };
}

/**
 * Replaces the three issues of a bare value (no `because`, no `value`, unknown fields) by one.
 *
 * In: the issues of a scope. Out: the complaints about absent reasons, and the other issues.
 */
export function takeReasonless(
  issues: readonly Issue[],
  scope: Scope,
): { readonly complaints: readonly Complaint[]; readonly others: readonly Issue[] } {
  const complaints = new Map<string, Complaint>();
  const others = issues.filter((issue) => {
    const owners = [issue.path, issue.path.slice(0, -1)];
    const owner = owners.find((path) => isReasonless(path, scope));
    if (owner !== undefined) complaints.set(pathText(owner), noReasonComplaint(owner, scope));
    return owner === undefined;
  });
  return { complaints: [...complaints.values()], others };
}

function isReasonless(path: Path, scope: Scope): boolean {
  const value = valueAt(scope.value, path);
  if (value === undefined) return false;
  return schemasAt(scope.schema, scope.value, path).some((it) => needsOnlyReason(it, value));
}
