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
import { pathText, shortExample, shortValue } from "./text.ts";
import { fieldOf, isAbsent, isAuthored, valueAt } from "./values.ts";

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

/** In: a `because(value)` that was called without its second argument. Out: what to add. */
function forgottenReasonComplaint(path: Path, scope: Scope): Complaint {
  const wrapper = valueAt(scope.value, path);
  const value = fieldOf(wrapper, "value");
  return {
    ...noReasonComplaint(path, scope),
    message: `${nameOf(scope, path)}: because needs a reason`,
    found: `because(${shortExample(value)})`,
    expected: `because(${shortExample(value)}, "say why here")`,
    fix: `write because(${isAuthored(value) ? "…" : shortExample(value)}, "say why here")`,
  };
}

/**
 * Replaces the three issues of a bare value (no `because`, no `value`, unknown fields) by one, and that of a
 * `because` without a reason, which would tell of a field nobody wrote.
 *
 * In: the issues of a scope. Out: the complaints about absent reasons, and the other issues.
 */
export function takeReasonless(
  issues: readonly Issue[],
  scope: Scope,
): { readonly complaints: readonly Complaint[]; readonly others: readonly Issue[] } {
  const complaints = new Map<string, Complaint>();
  const others = issues.filter((issue) => {
    if (isForgotten(issue, scope)) {
      const wrapper = issue.path.slice(0, -1);
      complaints.set(pathText(wrapper), forgottenReasonComplaint(wrapper, scope));
      return false;
    }
    const owners = [issue.path, issue.path.slice(0, -1)];
    const owner = owners.find((path) => isReasonless(path, scope));
    if (owner !== undefined) complaints.set(pathText(owner), noReasonComplaint(owner, scope));
    return owner === undefined;
  });
  return { complaints: [...complaints.values()], others };
}

/** The function puts the field there whether or not it was given a reason. */
function isForgotten({ path }: Issue, scope: Scope): boolean {
  const owners = schemasAt(scope.schema, scope.value, path.slice(0, -1)).map((it) =>
    definitionOf(unwrap(it)),
  );
  return (
    path.at(-1) === "because" &&
    valueAt(scope.value, path) === undefined &&
    !isAbsent(scope.value, path) &&
    owners.some((it) => it.type === "object" && becauseValueOf(it.shape) !== undefined)
  );
}

function isReasonless(path: Path, scope: Scope): boolean {
  const value = valueAt(scope.value, path);
  if (value === undefined) return false;
  const schemas = schemasAt(scope.schema, scope.value, path);
  return (
    schemas.some((it) => needsOnlyReason(it, value)) ||
    (schemas.length === 1 && schemas.some((it) => isBare(it, value)))
  );
}

/** Written without `because`, with mistakes of its own: they are told once it has its reason. */
function isBare(schema: Schema, value: unknown): boolean {
  const definition = definitionOf(unwrap(schema));
  if (definition.type !== "object" || !isAuthored(value)) return false;
  const loosened = becauseValueOf(definition.shape);
  return (
    loosened !== undefined &&
    definitionOf(unwrap(loosened)).type === "object" &&
    !Object.keys(value).some((name) => Object.hasOwn(definition.shape, name))
  );
}
