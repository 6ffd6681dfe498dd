/** A standard that was loosened as one may, only without `because(value, "say why here")`. */
import { z } from "zod";
import { exampleText } from "../../model/example-text.ts";
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

/** In: `{ user: 0, because: "…" }`, as if the reason were one of the fields. Out: the same as it is written. */
function reasonInsideComplaint(path: Path, scope: Scope): Complaint {
  const fields = Object.entries(valueAt(scope.value, path) ?? {});
  const value = Object.fromEntries(fields.filter(([name]) => name !== "because"));
  const reason = fieldOf(valueAt(scope.value, path), "because");
  return {
    ...noReasonComplaint(path, scope),
    message: `${nameOf(scope, path)}: the reason stands beside the value, not in it`,
    fix: `write because(${exampleText(value)}, ${JSON.stringify(typeof reason === "string" ? reason : "say why here")})`,
  };
}

/** A reason would not help where nothing is loosened. */
function emptyComplaint(path: Path, scope: Scope): Complaint {
  return {
    ...noReasonComplaint(path, scope),
    message: `${nameOf(scope, path)} is empty: nothing in it needs a reason`,
    fix: "remove it",
  };
}

/**
 * Replaces the three issues of a bare value (no `because`, no `value`, unknown fields) by one, those of a
 * reason among its fields too, and that of a `because` without a reason, which would tell of a field nobody wrote.
 *
 * In: the issues of a scope. Out: the complaints about absent reasons, and the other issues.
 */
export function takeReasonless(
  issues: readonly Issue[],
  scope: Scope,
): { readonly complaints: readonly Complaint[]; readonly others: readonly Issue[] } {
  const complaints = new Map<string, Complaint>();
  const others = issues.filter((issue) => {
    const around = issue.path.slice(0, -1);
    const complaint = isForgotten(issue, scope)
      ? forgottenReasonComplaint(around, scope)
      : (reasonless(issue.path, scope) ?? reasonless(around, scope));
    if (complaint !== undefined) complaints.set(pathText(complaint.path), complaint);
    return complaint === undefined;
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

/** Out: what is wrong with a value that should be in a `because` and is not; undefined where that is not the mistake. */
function reasonless(path: Path, scope: Scope): Complaint | undefined {
  const value = valueAt(scope.value, path);
  if (value === undefined) return undefined;
  const schemas = schemasAt(scope.schema, scope.value, path);
  if (schemas.some((it) => needsOnlyReason(it, value))) return noReasonComplaint(path, scope);
  const [loosened, ...others] = schemas.map(loosenedFields);
  if (loosened === undefined || others.length > 0 || !isAuthored(value)) return undefined;
  const names = Object.keys(value);
  if (names.length === 0) return emptyComplaint(path, scope);
  const isAround = names.includes("value");
  if (!names.includes("because")) return isAround ? undefined : noReasonComplaint(path, scope);
  const isInside = !isAround && names.some((name) => Object.hasOwn(loosened, name));
  return isInside ? reasonInsideComplaint(path, scope) : undefined;
}

/** Out: what may be loosened together, field by field; undefined where it is no object. */
function loosenedFields(schema: Schema): Readonly<Record<string, Schema>> | undefined {
  const wrapper = definitionOf(unwrap(schema));
  const value = wrapper.type === "object" ? becauseValueOf(wrapper.shape) : undefined;
  const definition = value === undefined ? undefined : definitionOf(unwrap(value));
  return definition?.type === "object" ? definition.shape : undefined;
}
