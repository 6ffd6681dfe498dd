/** Takes edges to services that are not there out of an authored file, and says which. */
import { IndentationText, Node, Project, SyntaxKind } from "ts-morph";
import type { ObjectLiteralExpression, SourceFile } from "ts-morph";

export interface WithoutEdges {
  readonly text: string;
  /** Services whose edges were left out. */
  readonly left: readonly string[];
  /** The first service that is not there and without which the file makes no sense. */
  readonly lacks?: string;
}

/** In: a values.ts, the services that are there. Out: the same text where all are there. */
export function withoutMissingEdges(text: string, present: ReadonlySet<string>): WithoutEdges {
  const source = new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces },
  }).createSourceFile("values.ts", text);
  const left = new Set<string>();
  const isMissing = (service: string) => !service.startsWith("./") && !present.has(service);
  const lacks = [...stores(source), ...storesOfDashboards(source)].find(isMissing);
  if (lacks !== undefined) return { text, left: [], lacks };
  for (const consumes of objectsNamed(source, "consumes")) {
    for (const property of consumes.getProperties()) {
      const name = Node.isPropertyAssignment(property) ? unquoted(property.getName()) : "";
      if (!isMissing(name)) continue;
      left.add(name);
      property.remove();
    }
  }
  removeReads(source, isMissing);
  removeSends(source, isMissing);
  removeNeeds(source, isMissing, left);
  if (left.size === 0) return { text, left: [] };
  removeEmpty(source);
  removeUnusedImports(source);
  return { text: source.getFullText(), left: [...left].sort() };
}

/** Where `logPipeline({ store: "…" })` sends everything: an edge that nothing is left without. */
function stores(source: SourceFile): string[] {
  return source
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => call.getExpression().getText() === "logPipeline")
    .flatMap((call) => call.getArguments())
    .flatMap((argument) => argument.getDescendantsOfKind(SyntaxKind.PropertyAssignment))
    .filter((property) => property.getName() === "store")
    .flatMap((property) => {
      const store = property.getInitializerIfKind(SyntaxKind.StringLiteral);
      return store === undefined ? [] : [store.getLiteralValue()];
    });
}

/** What shows dashboards keeps them in what it consumes, and does nothing else. */
const storesOfDashboards = (source: SourceFile): string[] =>
  source
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .some((call) => call.getExpression().getText() === "dashboards")
    ? objectsNamed(source, "consumes").flatMap(namesIn)
    : [];

const namesIn = (object: ObjectLiteralExpression): string[] =>
  object
    .getProperties()
    .flatMap((property) =>
      Node.isPropertyAssignment(property) ? [unquoted(property.getName())] : [],
    );

/** In: the text of a values.ts. Out: its edges to a service as they are written, each with the component it is of. */
export function edgesTo(text: string, service: string): string[] {
  const source = new Project({ useInMemoryFileSystem: true }).createSourceFile("values.ts", text);
  return objectsNamed(source, "consumes").flatMap((consumes) =>
    consumes.getProperties().flatMap((property) => {
      if (!Node.isPropertyAssignment(property) || unquoted(property.getName()) !== service)
        return [];
      const owner = consumes.getParent()?.getParentIfKind(SyntaxKind.ObjectLiteralExpression);
      const component = owner?.getParentIfKind(SyntaxKind.PropertyAssignment)?.getName();
      return [
        `${property.getText()} into consumes${component === undefined ? "" : ` of ${unquoted(component)}`}`,
      ];
    }),
  );
}

function objectsNamed(source: SourceFile, name: string): ObjectLiteralExpression[] {
  return source
    .getDescendantsOfKind(SyntaxKind.PropertyAssignment)
    .filter((property) => property.getName() === name)
    .flatMap((property) => property.getInitializerIfKind(SyntaxKind.ObjectLiteralExpression) ?? []);
}

/** Variables and files that read `from("missing", …)`. */
function removeReads(source: SourceFile, isMissing: (service: string) => boolean): void {
  for (const fields of ["env", "files"].flatMap((name) => objectsNamed(source, name))) {
    for (const property of fields.getProperties()) {
      const call = Node.isPropertyAssignment(property)
        ? property.getInitializerIfKind(SyntaxKind.CallExpression)
        : undefined;
      const [service] = call?.getExpression().getText() === "from" ? call.getArguments() : [];
      if (Node.isStringLiteral(service) && isMissing(service.getLiteralValue())) property.remove();
    }
  }
}

/** Entries of lists that lead to the address of one, `remoteWrite: [{ url: "http://vector.observability-vector.svc:9092/" }]`. */
function removeSends(source: SourceFile, isMissing: (service: string) => boolean): void {
  for (const list of source.getDescendantsOfKind(SyntaxKind.ArrayLiteralExpression)) {
    if (list.wasForgotten()) continue;
    const before = list.getElements();
    const kept = before.filter((entry) => !addressed(entry).some(isMissing));
    if (kept.length === before.length) continue;
    const field = list.getParentIfKind(SyntaxKind.PropertyAssignment);
    if (kept.length === 0 && field !== undefined) field.remove();
    else for (const entry of before) if (!kept.includes(entry)) list.removeElement(entry);
  }
}

/** Services whose addresses an object of a list holds, by their namespaces: `<tier>-<service>`. */
const addressed = (entry: Node): string[] =>
  Node.isObjectLiteralExpression(entry)
    ? entry
        .getDescendantsOfKind(SyntaxKind.StringLiteral)
        .flatMap(
          (literal) =>
            /\/\/[a-z0-9-]+\.[a-z0-9]+-([a-z0-9-]+)\.svc\b/.exec(literal.getLiteralValue())?.[1] ??
            [],
        )
    : [];

function removeNeeds(
  source: SourceFile,
  isMissing: (service: string) => boolean,
  left: Set<string>,
): void {
  for (const property of source
    .getDescendantsOfKind(SyntaxKind.PropertyAssignment)
    .filter((candidate) => candidate.getName() === "needs")) {
    const list = property.getInitializerIfKind(SyntaxKind.ArrayLiteralExpression);
    for (const element of list?.getElements() ?? []) {
      if (!Node.isStringLiteral(element) || !isMissing(element.getLiteralValue())) continue;
      left.add(element.getLiteralValue());
      list?.removeElement(element);
    }
  }
}

/** Fields that hold nothing any more. */
function removeEmpty(source: SourceFile): void {
  for (const name of ["consumes", "env", "files", "needs"]) {
    for (const property of source
      .getDescendantsOfKind(SyntaxKind.PropertyAssignment)
      .filter((candidate) => candidate.getName() === name)) {
      const value = property.getInitializer();
      const isEmpty = Node.isObjectLiteralExpression(value)
        ? value.getProperties().length === 0
        : Node.isArrayLiteralExpression(value) && value.getElements().length === 0;
      if (isEmpty) property.remove();
    }
  }
}

function removeUnusedImports(source: SourceFile): void {
  const used = new Set(
    source
      .getDescendantsOfKind(SyntaxKind.Identifier)
      .filter(
        (identifier) =>
          identifier.getFirstAncestorByKind(SyntaxKind.ImportDeclaration) === undefined,
      )
      .map((identifier) => identifier.getText()),
  );
  for (const declaration of source.getImportDeclarations()) {
    for (const named of declaration.getNamedImports())
      if (!used.has(named.getName())) named.remove();
  }
}

const unquoted = (name: string) => name.replace(/^["'](.*)["']$/, "$1");
