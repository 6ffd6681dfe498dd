/**
 * Path of an authored value -> place in its file. Loaded only when there is a problem to show: the
 * compiler it uses takes longer to start than a whole render.
 */
import { ts } from "ts-morph";
import type { Keys } from "../model/reading.ts";
import type { Place } from "./problem.ts";

/** In which parameter of an authoring function a field of its result is; the others are in the object. */
const parameters: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  because: { value: 0, because: 1 },
  secret: { secret: 0 },
  from: { from: 0, key: 1 },
  cluster: { cluster: 0 },
  lan: { lan: 0 },
  routeHost: { routeHost: 0 },
  gatewayListeners: { gatewayListeners: 0 },
  pod: { pod: 0 },
  file: { file: 0 },
  share: { share: 0 },
  hostPath: { path: 0 },
  schedule: { cron: 0 },
  overlay: { service: 0 },
};

export interface Location {
  /** The deepest part of a path that is written in the file. */
  readonly place: Place;
  /** How many keys of the path are written there. */
  readonly depth: number;
}

/** In: a file, its text, a path. Out: the deepest part of it that is written there; `target` says whether the name or the value is meant. */
export function locate(
  file: string,
  text: string,
  keys: Keys,
  target: "key" | "value" = "value",
): Location {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const root = exported(source);
  if (root === undefined) return { place: { file, line: 1, column: 1 }, depth: 0 };
  let node: ts.Node = root;
  let named: ts.Node = root;
  for (const [depth, key] of keys.entries()) {
    const found = member(source, node, key);
    if (found === undefined)
      return { place: placeOf(source, depth === 0 ? calleeOf(root) : named), depth };
    named = found.name;
    node = found.value;
  }
  return { place: placeOf(source, target === "key" ? named : node), depth: keys.length };
}

/** In: an overlay, a path. Out: the entry of its `remove` that takes away what is at the path; undefined without one. */
export function locateRemoval(file: string, text: string, keys: Keys): Place | undefined {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const root = exported(source);
  const removed = root === undefined ? undefined : member(source, root, "remove")?.value;
  if (removed === undefined || !ts.isArrayLiteralExpression(removed)) return undefined;
  const path = `${keys.join(".")}.`;
  const entry = removed.elements.find(
    (element) => ts.isStringLiteralLike(element) && path.startsWith(`${element.text}.`),
  );
  return entry === undefined ? undefined : placeOf(source, entry);
}

interface Member {
  readonly name: ts.Node;
  readonly value: ts.Node;
}

function member(source: ts.SourceFile, from: ts.Node, key: string | number): Member | undefined {
  const node = unwrap(source, from);
  if (ts.isCallExpression(node)) {
    const index = parameters[node.expression.getText(source)]?.[String(key)];
    const argument = index === undefined ? undefined : node.arguments[index];
    if (argument !== undefined) return { name: argument, value: argument };
    const object = node.arguments.find((candidate) =>
      ts.isObjectLiteralExpression(unwrap(source, candidate)),
    );
    return object === undefined ? undefined : member(source, object, key);
  }
  if (ts.isArrayLiteralExpression(node) && typeof key === "number") {
    const element = node.elements[key];
    return element === undefined ? undefined : { name: element, value: element };
  }
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  return objectMember(source, node, String(key));
}

function objectMember(
  source: ts.SourceFile,
  node: ts.ObjectLiteralExpression,
  key: string,
): Member | undefined {
  for (const property of [...node.properties].reverse()) {
    if (ts.isSpreadAssignment(property)) {
      const inside = member(source, property.expression, key);
      if (inside !== undefined) return inside;
    } else if (property.name !== undefined && nameOf(property.name) === key) {
      return {
        name: property.name,
        value: ts.isPropertyAssignment(property) ? property.initializer : property.name,
      };
    }
  }
  return undefined;
}

function nameOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)
    ? name.text
    : undefined;
}

/** Through parentheses, `as`, `satisfies`, and names of constants in the same file. */
function unwrap(source: ts.SourceFile, node: ts.Node): ts.Node {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node)
  )
    return unwrap(source, node.expression);
  if (!ts.isIdentifier(node)) return node;
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      if (
        ts.isIdentifier(declaration.name) &&
        declaration.name.text === node.text &&
        declaration.initializer !== undefined &&
        declaration.initializer !== node
      ) {
        return unwrap(source, declaration.initializer);
      }
    }
  }
  return node;
}

function exported(source: ts.SourceFile): ts.Node | undefined {
  return source.statements.find((statement): statement is ts.ExportAssignment =>
    ts.isExportAssignment(statement),
  )?.expression;
}

/** A missing field is shown at the function's name, not over the whole call. */
function calleeOf(node: ts.Node): ts.Node {
  return ts.isCallExpression(node) ? node.expression : node;
}

function placeOf(source: ts.SourceFile, node: ts.Node): Place {
  const start = node.getStart(source);
  const { line, character } = source.getLineAndCharacterOfPosition(start);
  const firstLine = node.getText(source).split("\n")[0] ?? "";
  return {
    file: source.fileName,
    line: line + 1,
    column: character + 1,
    length: Math.max(1, firstLine.length),
  };
}
