/** Edits the list of services in an environment.ts, leaving the rest of the file as it was written. */
import { IndentationText, Node, Project, SyntaxKind } from "ts-morph";
import type { ObjectLiteralExpression } from "ts-morph";

/** In: text of an environment.ts. Out: the same with the service in `services`, in the order of names. */
export function withService(text: string, service: string): string {
  return edit(text, (spec) => {
    const list = listOf(spec, "services");
    if (list === undefined) {
      spec.addPropertyAssignment({ name: "services", initializer: `[${JSON.stringify(service)}]` });
      return;
    }
    const names = list
      .getElements()
      .map((element) => (Node.isStringLiteral(element) ? element.getLiteralValue() : ""));
    if (names.includes(service)) return;
    const later = names.findIndex((name) => name > service);
    list.insertElement(later < 0 ? names.length : later, JSON.stringify(service));
  });
}

/** In: text of an environment.ts. Out: the same without the service, in `services` and `without`. */
export function withoutService(text: string, service: string): string {
  return edit(text, (spec) => {
    for (const name of ["services", "without"]) {
      const list = listOf(spec, name);
      const element = list
        ?.getElements()
        .find(
          (candidate) => Node.isStringLiteral(candidate) && candidate.getLiteralValue() === service,
        );
      if (element !== undefined) list?.removeElement(element);
    }
  });
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
