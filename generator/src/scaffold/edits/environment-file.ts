/** Edits the list of services in an environment.ts, leaving the rest of the file as it was written. */
import { IndentationText, Node, Project, SyntaxKind } from "ts-morph";
import type { ArrayLiteralExpression, ObjectLiteralExpression } from "ts-morph";

/** In: text of an environment.ts. Out: the same with the service in `services`, in the order of names. */
export const withService = (text: string, service: string): string =>
  withName(text, "services", service);

/** In: text of an environment.ts that extends another one. Out: the same with the service in `without`. */
export const withoutInherited = (text: string, service: string): string =>
  withName(text, "without", service);

function withName(text: string, field: "services" | "without", service: string): string {
  return edit(text, (spec) => {
    const list = listOf(spec, field);
    if (list === undefined) {
      addProperty(spec, `${field}: [${JSON.stringify(service)}]`);
      return;
    }
    const names = list
      .getElements()
      .map((element) => (Node.isStringLiteral(element) ? element.getLiteralValue() : ""));
    if (names.includes(service)) return;
    const later = names.findIndex((name) => name > service);
    list.insertElement(later < 0 ? names.length : later, JSON.stringify(service));
    layOut(list);
  });
}

/** In: text of an environment.ts. Out: the same without the service, in `services` and `without`. */
export function withoutService(text: string, service: string): string {
  return ["services", "without"].reduce(
    (before, name) => edit(before, (spec) => removeFrom(spec, name, service)),
    text,
  );
}

function removeFrom(spec: ObjectLiteralExpression, name: string, service: string): void {
  const list = listOf(spec, name);
  const element = list
    ?.getElements()
    .find(
      (candidate) => Node.isStringLiteral(candidate) && candidate.getLiteralValue() === service,
    );
  if (list === undefined || element === undefined) return;
  list.removeElement(element);
  // An environment that extends another one need not list any.
  if (list.getElements().length === 0 && spec.getProperty("extends") !== undefined)
    removeProperty(spec, name);
  else layOut(list);
}

/** With the comma after it: what is before it keeps its own. */
function removeProperty(spec: ObjectLiteralExpression, name: string): void {
  const property = spec.getProperty(name);
  if (property === undefined) return;
  const after = property.getNextSiblingIfKind(SyntaxKind.CommaToken);
  spec.getSourceFile().removeText(property.getPos(), (after ?? property).getEnd());
}

/** Last, with a comma after what is before it: the file ends up as the formatter would leave it. */
function addProperty(spec: ObjectLiteralExpression, text: string): void {
  const end = spec.getText().replace(/,?\s*\}$/, "");
  spec.replaceWithText(`${end}${end === "{" ? "" : ","}\n  ${text},\n}`);
}

const lineWidth = 100;

/** Writes a list as the formatter does: on one line where it fits. A list with comments stays as it is. */
function layOut(list: ArrayLiteralExpression): void {
  if (/\/[/*]/.test(list.getText())) return;
  const elements = list.getElements().map((element) => element.getText());
  const before = list.getStart() - list.getStartLinePos();
  const line = `[${elements.join(", ")}]`;
  const fits = before + line.length + 1 <= lineWidth;
  list.replaceWithText(
    fits ? line : `[\n${elements.map((element) => `  ${element},\n`).join("")}]`,
  );
}

function listOf(spec: ObjectLiteralExpression, name: string) {
  const property = spec.getProperty(name);
  return Node.isPropertyAssignment(property)
    ? property.getInitializerIfKind(SyntaxKind.ArrayLiteralExpression)
    : undefined;
}

function edit(text: string, change: (spec: ObjectLiteralExpression) => void): string {
  const source = new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces },
  }).createSourceFile("environment.ts", text);
  const call = source
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .find((candidate) => candidate.getExpression().getText() === "defineEnvironment");
  const spec = call?.getArguments()[0];
  if (!Node.isObjectLiteralExpression(spec)) return text;
  change(spec);
  return source.getFullText();
}
