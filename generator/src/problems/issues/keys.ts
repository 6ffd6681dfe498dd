/** Names a person chose (of ports, volumes, variables) that are not allowed as names. */
import { z } from "zod";
import { exampleText } from "../../model/example-text.ts";
import { shapesText, notesOf } from "./describe.ts";
import { unknownFieldComplaint } from "./fields.ts";
import { wordsOf } from "./custom-issue.ts";
import { type Complaint, type Issue, nameOf, type Scope, wholePath } from "./complaint.ts";
import { isStandardMessage } from "./own-message.ts";
import { mendedValue, repairedText } from "./repair.ts";
import { branchesOf, choicesOf, definitionOf, type Schema, schemasAt } from "./schema-walk.ts";
import { shortValue } from "./text.ts";
import { valueAt } from "./values.ts";

type InvalidKey = Extract<Issue, { code: "invalid_key" }>;

/** In: a key that the schema of a record's keys refuses. Out: what is wrong with the name. */
export function keyComplaints(issue: InvalidKey, scope: Scope): readonly Complaint[] {
  const keySchemas = keySchemasOf(issue, scope);
  const choices = keySchemas.flatMap(choicesOf).map(String);
  if (choices.length > 0) return [unknownFieldComplaint(issue.path, choices, scope)];

  const [inner] = issue.issues;
  const { example } = notesOf(keySchemas);
  const key = String(issue.path.at(-1));
  const isOwn = inner !== undefined && !isStandardMessage(inner, key);
  const rule = isOwn ? `: ${inner.message}` : "";
  const own = inner?.code === "custom" ? wordsOf(inner) : {};
  const pattern = inner !== undefined && "pattern" in inner ? inner.pattern : undefined;
  const form = pattern === undefined ? shapesText(keySchemas) : `a name that matches ${pattern}`;
  const swapped = swappedEntry(issue, scope);
  const repaired = mendedValue(key, keySchemas) ?? repairedText(key, keySchemas);
  return [
    {
      kind: "wrongValue",
      path: wholePath(scope, issue.path),
      at: "key",
      message: `\`${key}\` cannot be a name in ${nameOf(scope, issue.path.slice(0, -1))}${rule}`,
      found: JSON.stringify(key),
      expected:
        own.expected ?? (example === undefined ? form : `a name like ${shortValue(example)}`),
      fix:
        swapped ??
        (repaired === undefined
          ? (own.fix ?? `rename \`${key}\``)
          : `write \`${String(repaired)}\``),
    },
  ];
}

/** `{ http: 80 }` for `{ 80: "http" }`. */
function swappedEntry({ path }: InvalidKey, scope: Scope): string | undefined {
  const value = valueAt(scope.value, path);
  if (typeof value !== "number") return undefined;
  const entry = { [value]: String(path.at(-1)) };
  const fits = schemasAt(scope.schema, scope.value, path.slice(0, -1)).some(
    (schema) => z.safeParse(schema, entry).success,
  );
  return fits ? `write \`${exampleText(entry)}\`` : undefined;
}

function keySchemasOf(issue: InvalidKey, scope: Scope): readonly Schema[] {
  const parent = issue.path.slice(0, -1);
  const owner = valueAt(scope.value, parent);
  return schemasAt(scope.schema, scope.value, parent)
    .flatMap((schema) => branchesOf(schema, owner))
    .flatMap((schema) => {
      const definition = definitionOf(schema);
      return definition.type === "record" ? [definition.keyType] : [];
    });
}
