/** What a person reads in a terminal: place, message, source with a caret, facts, what to do. */
import { withoutSecrets } from "../../model/secret-shapes.ts";
import type { ProblemCode } from "../codes.ts";
import type { Place, Problem } from "../problem.ts";
import { countWords } from "../../model/units.ts";
import { detailsOf } from "./details.ts";
import { toPrintable } from "./display-text.ts";
import { excerptOf } from "./excerpt.ts";

export interface HumanOptions {
  readonly readSource: (file: string) => string | undefined;
  readonly color?: boolean;
}

type Style = "red" | "yellow" | "bold" | "dim";
type Paint = (style: Style, text: string) => string;
type LinesOf = (file: string) => readonly string[] | undefined;

/** What lies at their places is a secret, whatever it looks like, and logs of CI are kept and read by many. */
const unquoted: ReadonlySet<ProblemCode> = new Set(["MANIFEST_SECRET_MATERIAL", "SECRET_FOUND"]);

const indent = "  ";
const labelWidth = 10;
const styleCodes: Readonly<Record<Style, number>> = { red: 31, yellow: 33, bold: 1, dim: 2 };

/** Formats merged problems as one block each and a line of counts; no problems give no text. */
export function formatHuman(problems: readonly Problem[], options: HumanOptions): string {
  if (problems.length === 0) return "";
  const paint: Paint = options.color === true ? paintAnsi : (_, text) => text;
  const linesOf = rememberLines(options.readSource);
  const blocks = problems.map((problem) => blockOf(problem, linesOf, paint).join("\n"));
  return `${[...blocks, summaryOf(problems)].join("\n\n")}\n`;
}

function blockOf(problem: Problem, linesOf: LinesOf, paint: Paint): readonly string[] {
  const severityStyle = problem.severity === "error" ? "red" : "yellow";
  const excerpt = unquoted.has(problem.code)
    ? []
    : excerptOf(linesOf(problem.place.file), problem.place);
  return [
    headOf(problem, severityStyle, paint),
    ...toPrintable(problem.message)
      .split("\n")
      .map((line) => indent + line),
    ...excerpt.map(({ gutter, text, isCaret }) =>
      `${paint("dim", gutter)} ${isCaret ? paint(severityStyle, text) : text}`.trimEnd(),
    ),
    ...detailsOf(problem).flatMap(([label, text]) => labelled(label, text, paint)),
    ...(problem.related ?? []).flatMap((related) =>
      labelled("related", `${placeText(related)}  ${related.note}`, paint),
    ),
  ];
}

function headOf(problem: Problem, severityStyle: Style, paint: Paint): string {
  const parts = [paint(severityStyle, problem.severity), paint("bold", problem.code)];
  const place = placeText(problem.place);
  if (place !== "") parts.unshift(toPrintable(place));
  if (problem.environments !== undefined) parts.push(`(${problem.environments.join(", ")})`);
  return parts.join("  ");
}

/** `file:line:column`, as terminals and editors make links of it. */
function placeText({ file, line, column }: Place): string {
  if (line === undefined) return file;
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}

/** Further lines of a text stand below its first one. */
function labelled(label: string, text: string, paint: Paint): readonly string[] {
  const [first = "", ...rest] = toPrintable(text).split("\n");
  const hanging = indent + " ".repeat(labelWidth);
  return [
    `${indent}${paint("dim", label.padEnd(labelWidth))}${first}`.trimEnd(),
    ...rest.map((line) => (hanging + line).trimEnd()),
  ];
}

/** `2 errors, 1 warning in 2 files`; problems without a file (a missing tool) count in no file. */
function summaryOf(problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.length - errors;
  const counts: string[] = [];
  if (errors > 0) counts.push(countWords(errors, "error"));
  if (warnings > 0) counts.push(countWords(warnings, "warning"));
  const files = new Set(problems.map((problem) => problem.place.file));
  files.delete("");
  const where = files.size === 0 ? "" : ` in ${countWords(files.size, "file")}`;
  return counts.join(", ") + where;
}

/** Many problems lie in one file; it is read and split once. */
function rememberLines(readSource: HumanOptions["readSource"]): LinesOf {
  const known = new Map<string, readonly string[] | undefined>();
  return (file) => {
    if (!known.has(file))
      known.set(
        file,
        readSource(file)
          ?.split(/\r\n|\n|\r/u)
          .map(withoutSecrets),
      );
    return known.get(file);
  };
}

/** Written by hand, as a formatter may not look at the process to see what its terminal can do. */
function paintAnsi(style: Style, text: string): string {
  return `\u001b[${styleCodes[style]}m${text}\u001b[0m`;
}
