/**
 * The same text as the `yaml` library prints, fifteen times faster, for what nearly every generated file is
 * made of: maps, lists and short texts. Whatever is not plainly so is left to the library.
 */

/** How the library prints one text: as a value, or as a key. */
export interface ScalarPrinter {
  readonly value: (text: string | number) => string;
  readonly key: (text: string) => string;
}

/** Out: the YAML of a map or list; undefined where only the library knows how to print it. */
export function quickYaml(value: unknown, printer: ScalarPrinter): string | undefined {
  try {
    if (!isFilled(value)) return undefined;
    const lines: string[] = [];
    addLines(lines, value, { first: "", indent: "", printer });
    // Joined, not added up: that would stay in memory in as many pieces.
    return lines.join("");
  } catch (error) {
    if (error === unknown) return undefined;
    throw error;
  }
}

const unknown = new Error("not a quick case");

type Filled = readonly unknown[] | Readonly<Record<string, unknown>>;

interface Place {
  /** What the first line begins with: the indent, or the dash of the list it is in. */
  readonly first: string;
  readonly indent: string;
  readonly printer: ScalarPrinter;
}

/** Adds the lines of a map or a list, each with its line break. */
function addLines(lines: string[], value: Filled, { first, indent, printer }: Place): void {
  const deeper = `${indent}  `;
  let start = first;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (isFilled(item)) addLines(lines, item, { first: `${start}- `, indent: deeper, printer });
      else lines.push(`${start}- ${scalar(item, deeper, printer)}\n`);
      start = indent;
    }
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    const text = keyText(key, printer);
    if (isFilled(inner)) {
      lines.push(`${start}${text}:\n`);
      addLines(lines, inner, { first: deeper, indent: deeper, printer });
    } else lines.push(`${start}${text}: ${scalar(inner, deeper, printer)}\n`);
    start = indent;
  }
}

function isFilled(value: unknown): value is Filled {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (Object.getPrototypeOf(value) !== Object.prototype) throw unknown;
  for (const inner of Object.values(value)) if (inner !== undefined) return true;
  return false;
}

function scalar(value: unknown, indent: string, printer: ScalarPrinter): string {
  if (typeof value === "string") return valueText(value, indent, printer);
  if (typeof value === "number")
    return Number.isSafeInteger(value) && !Object.is(value, -0)
      ? String(value)
      : printer.value(value);
  if (typeof value === "boolean" || value === null) return String(value);
  if (typeof value === "object") return Array.isArray(value) ? "[]" : "{}";
  throw unknown;
}

/** One line of ASCII without what would have to be escaped. */
const simple = /^[ !#-[\]-~]*$/;
/** What a plain text may not begin with, hold or end with: the library's own rule, for one line. */
const indicators = /^[ ,[\]{}#&*!|>'%@`]|^[?-](?: |$)|: | #|[ :]$/;
/** Begins as no number and no date does: a word, a path, an option. */
const wordy = /^(?:[A-Za-z/_$(<]|--?[A-DF-Za-df-z]|\.[A-Za-z])/;
/** What YAML 1.1 reads as something else all the same. */
const words = /^(?:y|yes|n|no|true|false|on|off|null|\.?e[-+]?\d+|\.inf|\.nan)$/i;
/** Quantities, times, versions, addresses, schedules: no number either. */
const numeric = /^\d+(?:[smhd]|[KMGT]i?)$|^\d+(?:\.\d+){2,}$|^\d[\d.]*\/[\d*]|^\d+ .*\*/;
/** Read as something else for certain. */
const other = /^(?:|[-+]?\d+|\.|true|false|yes|no|on|off|null)$/;
/** Lines of ASCII that a block holds as they are. */
const lines = /^[!-~][ -~]*\n(?:(?:[ -~]*\n)*[ -~]*[!-~]\n)?$/;

/** The text as the library prints it; undefined where only the library knows. */
function quickText(text: string): string | undefined {
  if (!simple.test(text)) return undefined;
  if (other.test(text) || indicators.test(text)) return `"${text}"`;
  return (wordy.test(text) && !words.test(text)) || numeric.test(text) ? text : undefined;
}

/** A block of lines below a key at the left edge. */
function quickLines(text: string): string | undefined {
  return lines.test(text) ? `|\n${text.slice(0, -1).replaceAll(/^(?=.)/gm, "  ")}` : undefined;
}

const values = new Map<string, string>();
const keys = new Map<string, string>();

function valueText(text: string, indent: string, printer: ScalarPrinter): string {
  const printed = known(
    values,
    text,
    () => quickText(text) ?? quickLines(text) ?? printer.value(text),
  );
  if (!printed.includes("\n")) return printed;
  if (!printed.startsWith("|")) throw unknown;
  return printed.replaceAll(/\n {2}/g, `\n${indent}`);
}

function keyText(text: string, printer: ScalarPrinter): string {
  const printed = known(
    keys,
    text,
    () => (text.length < 100 ? quickText(text) : undefined) ?? printer.key(text),
  );
  if (printed.includes("\n")) throw unknown;
  return printed;
}

/** The same few texts come again in every service. */
function known(seen: Map<string, string>, text: string, print: () => string): string {
  const found = seen.get(text);
  if (found !== undefined) return found;
  // At the left edge these divide documents.
  if (text.startsWith("---") || text.startsWith("...")) throw unknown;
  const printed = print();
  seen.set(text, printed);
  return printed;
}
