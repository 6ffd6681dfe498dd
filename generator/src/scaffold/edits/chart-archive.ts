/** Edits `archive` in the `chart` of a service's file, leaving every other character as it was written. */
import { Node, Project, SyntaxKind } from "ts-morph";
import type { ObjectLiteralElementLike, ObjectLiteralExpression, SourceFile } from "ts-morph";
import type { ChartArchive } from "../../release/chart.ts";

/** In: text of a values.ts. Out: the same with this archive; undefined where there is no plain `chart: { … }`. */
export function withArchive(text: string, archive: ChartArchive): string | undefined {
  const chart = chartOf(text);
  if (chart === undefined) return undefined;
  const existing = propertyOf(chart, "archive");
  if (existing !== undefined)
    return splice(text, {
      from: existing.getStart(),
      to: existing.getEnd(),
      by: propertyText(archive, indentAt(text, existing)),
    });
  const before = propertyOf(chart, "version") ?? chart.getProperties().at(-1);
  if (before === undefined) return undefined;
  const from = before.getEnd();
  // A comment behind the version stays with it.
  const rest = /^,?([ \t]*(?:\/\/.*)?)(?=\n)/.exec(text.slice(from));
  if (rest === null) return splice(text, { from, to: from, by: `, ${propertyText(archive)}` });
  const indent = indentAt(text, before);
  return splice(text, {
    from,
    to: from + rest[0].length,
    by: `,${rest[1]}\n${indent}${propertyText(archive, indent)},`,
  });
}

/** In: text of a values.ts. Out: the same without an archive; undefined where there is none to be found. */
export function withoutArchive(text: string): string | undefined {
  const chart = chartOf(text);
  const existing = chart === undefined ? undefined : propertyOf(chart, "archive");
  if (existing === undefined) return undefined;
  const [from, to] = [existing.getStart(), existing.getEnd()];
  const indent = /[ \t]*$/.exec(text.slice(0, from))?.[0].length ?? 0;
  const comma = /^[ \t]*,?/.exec(text.slice(to))?.[0].length ?? 0;
  const hasOwnLine = text[from - indent - 1] === "\n";
  if (hasOwnLine)
    return splice(text, {
      from: from - indent,
      to: to + comma + (text[to + comma] === "\n" ? 1 : 0),
      by: "",
    });
  const space = /^[ \t]*,[ \t]*/.exec(text.slice(to))?.[0].length;
  const before = /,[ \t]*$/.exec(text.slice(0, from))?.[0].length ?? 0;
  return space === undefined
    ? splice(text, { from: from - before, to, by: "" })
    : splice(text, { from, to: to + space, by: "" });
}

/** For a person to write by hand. */
export function propertyText({ file, digest }: ChartArchive, indent?: string): string {
  const [name, sum] = [JSON.stringify(file), JSON.stringify(digest)];
  return indent === undefined
    ? `archive: { file: ${name}, digest: ${sum} }`
    : `archive: {\n${indent}  file: ${name},\n${indent}  digest: ${sum},\n${indent}}`;
}

function splice(text: string, { from, to, by }: { from: number; to: number; by: string }): string {
  return text.slice(0, from) + by + text.slice(to);
}

/** White space at the beginning of a property's line. */
function indentAt(text: string, property: ObjectLiteralElementLike): string {
  const start = text.lastIndexOf("\n", property.getStart() - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
}

function chartOf(text: string): ObjectLiteralExpression | undefined {
  const source = new Project({ useInMemoryFileSystem: true }).createSourceFile("values.ts", text);
  const call = source
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .find((candidate) => candidate.getExpression().getText() === "defineChart");
  const spec = objectIn(source, call?.getArguments()[0]);
  const chart = spec === undefined ? undefined : propertyOf(spec, "chart");
  if (Node.isShorthandPropertyAssignment(chart)) return objectIn(source, chart.getNameNode());
  return Node.isPropertyAssignment(chart) ? objectIn(source, chart.getInitializer()) : undefined;
}

/** Through parentheses, `as`, `satisfies`, and names of constants in the same file. */
function objectIn(source: SourceFile, node: Node | undefined): ObjectLiteralExpression | undefined {
  if (Node.isObjectLiteralExpression(node)) return node;
  if (
    Node.isParenthesizedExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isSatisfiesExpression(node)
  )
    return objectIn(source, node.getExpression());
  return Node.isIdentifier(node)
    ? objectIn(source, source.getVariableDeclaration(node.getText())?.getInitializer())
    : undefined;
}

function propertyOf(
  object: ObjectLiteralExpression,
  name: string,
): ObjectLiteralElementLike | undefined {
  return object
    .getProperties()
    .find((property) => "getName" in property && property.getName() === name);
}
