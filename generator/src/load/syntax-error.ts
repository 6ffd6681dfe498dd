/** What a person has to type where a file is no TypeScript: the parser names the place where it gave up, which is often past the mistake. */

export interface TextPlace {
  readonly line: number;
  readonly column: number;
  readonly length?: number;
}

export interface SyntaxFailure {
  readonly message: string;
  readonly place: TextPlace;
  readonly expected: string;
  readonly fix: string;
}

/** In: the reason as the parser words it, the file's text, where it gave up. Out: undefined where neither says more. */
export function explainSyntax(
  reason: string,
  text: string,
  place: TextPlace,
): SyntaxFailure | undefined {
  const lines = text.split("\n");
  if (reason.startsWith("Merge conflict marker")) return conflict(place);
  if (isYaml(lines, place, reason)) return yaml(place);
  if (reason === "Invalid shorthand property initializer") return equalsSign(text);
  if (/^(?:Unexpected token|Expected).*<eof>/.test(reason)) return unclosed(lines, place);
  if (reason.startsWith("Expression expected")) return openBefore(lines, place);
  return reason.startsWith("Expected ',', got ") ? comma(lines, place) : undefined;
}

function conflict(place: TextPlace): SyntaxFailure {
  return {
    message: "the file holds a merge conflict",
    place,
    expected: "one of the two sides",
    fix: "resolve the merge conflict: keep what is right, and delete the lines <<<<<<<, ======= and >>>>>>>",
  };
}

/** A list item with a dash, or a whole file of `key: value` that exports nothing: as labels these are nearly legal. */
function isYaml(lines: readonly string[], { line }: TextPlace, reason: string): boolean {
  if (/^\s*- /.test(lines[line - 1] ?? "") && isSyntax(reason)) return true;
  const isCode = lines.some((one) => /^\s*(import|export|const|let|function)\b/.test(one));
  return !isCode && lines.some((one) => /^[A-Za-z][\w-]*:(\s|$)/.test(one));
}

const isSyntax = (reason: string) => /^(Expected|Unexpected|Expression expected)/.test(reason);

function yaml(place: TextPlace): SyntaxFailure {
  return {
    message: "this is written as YAML, and the file is TypeScript",
    place,
    expected: 'maps as { key: "value" }, lists as ["value"], with commas between',
    fix: 'write it as TypeScript: text in quotes, a map in { … }, a list in [ … ], a comma after each entry; e.g. env: { TZ: "Europe/Berlin" }',
  };
}

/** `size = "large"` in an object. The engine that refuses it does not say where it is. */
function equalsSign(text: string): SyntaxFailure | undefined {
  const found = /[{,](?:\s|\/\/[^\n]*\n)*([A-Za-z_$][\w$]*)\s*=(?![=>])/d.exec(text);
  const [start = 0, end = start] = found?.indices?.[1] ?? [];
  const name = found?.[1];
  if (name === undefined) return undefined;
  const before = text.slice(0, start).split("\n");
  return {
    message: `\`${name}\` is set with =, and an object takes a colon`,
    place: {
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
      length: end - start,
    },
    expected: `${name}: …`,
    fix: `write \`${name}:\` instead of \`${name} =\``,
  };
}

function unclosed(lines: readonly string[], place: TextPlace): SyntaxFailure {
  const last = lines.findLastIndex((one) => one.trim() !== "");
  return {
    message: "the file ends in the middle of something",
    place: last < 0 ? place : endOf(lines, last),
    expected: "a closing bracket for each that is opened",
    fix: "close what is open, mostly with }); as the last line",
  };
}

/** A bracket closes where an entry was to come: one of another kind is open in the line before, `config: state({ … },`. */
function openBefore(
  lines: readonly string[],
  { line, column }: TextPlace,
): SyntaxFailure | undefined {
  const isClosing = /^[)\]}]/.test((lines[line - 1] ?? "").slice(column - 1));
  const before = lines.slice(0, line - 1).findLastIndex((one) => !/^\s*(\/\/.*)?$/.test(one));
  if (!isClosing || !/,\s*$/.test(lines[before] ?? "")) return undefined;
  return {
    message: "a bracket that this line opens is not closed",
    place: endOf(lines, before),
    expected: "a closing bracket for each that is opened",
    fix: `close it in line ${before + 1}, mostly with ) before the comma`,
  };
}

/** Where the next entry begins a line, the comma belongs at the end of what stands before it. */
function comma(lines: readonly string[], place: TextPlace): SyntaxFailure {
  const line = lines[place.line - 1] ?? "";
  const isFirst = line.slice(0, place.column - 1).trim() === "";
  const before = isFirst
    ? lines.slice(0, place.line - 1).findLastIndex((one) => !/^\s*(\/\/.*)?$/.test(one))
    : -1;
  const expected = "a comma between two entries";
  if (before < 0)
    return {
      message: "a comma or a closing bracket is missing before this",
      place,
      expected,
      fix: "add the comma, or close the bracket or the quote that is open before it",
    };
  if (/,\s*$/.test(lines[before] ?? ""))
    return {
      message: "a quote or a bracket is not closed before this",
      place: { line: before + 1, column: (lines[before] ?? "").search(/\S/) + 1 },
      expected: "a closing quote for each that is opened",
      fix: `close the quote or the bracket in line ${before + 1}`,
    };
  return {
    message: "a comma is missing at the end of this line",
    place: endOf(lines, before),
    expected,
    fix: `add a comma at the end of line ${before + 1}`,
  };
}

/** The last character of a line that says something. */
function endOf(lines: readonly string[], index: number): TextPlace {
  const line = (lines[index] ?? "").replace(/\s*\/\/ .*$/, "").trimEnd();
  return { line: index + 1, column: Math.max(1, line.length) };
}
