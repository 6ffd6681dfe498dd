/** What a person, or a script, says is in the store. */

/** Why a text is no such list. Without the line itself, which may hold a value. */
export interface UnreadableList {
  readonly line: number;
  readonly why: string;
}

/**
 * In: text of lines. A path names a secret (`/services/sonarr/api-key`, what follows `=` is not looked at);
 * `# /services/sonarr` says in which folder the names that follow are (`api-key='…'`), as `--format dotenv`
 * prints them; other lines with `#` are comments. One whose value is empty is not there. Out: paths, sorted; or the
 * first line that is none of these: what cannot be read would count as missing, and be made anew.
 */
export function existingSecrets(text: string): string[] | UnreadableList {
  const paths = new Set<string>();
  let folder: string | undefined;
  for (const { line, text: content, open } of entriesOf(text)) {
    if (open) return { line, why: "opens a quote that nothing closes" };
    folder = /^# (\/\S+)$/.exec(content)?.[1] ?? folder;
    if (content === "" || content.startsWith("#")) continue;
    const [, name, value] = /^(\/[\w/-]+|[A-Za-z_][\w-]*(?==))(=.*)?$/.exec(content) ?? [];
    if (name === undefined)
      return { line, why: "is neither a path, a folder (# /services/…) nor NAME=…" };
    const path = name.startsWith("/") ? name : folder && `${folder}/${name}`;
    if (path === undefined)
      return { line, why: "is a name, and no line above it says in which folder (# /services/…)" };
    if (!/^=(''|"")?$/.test(value ?? "")) paths.add(path);
  }
  return [...paths].sort();
}

interface Entry {
  readonly line: number;
  readonly text: string;
  /** Whether its value begins with a quote, and the text ends in it. */
  readonly open: boolean;
}

/** A value in quotes may have several lines; only the first one names something. */
function entriesOf(text: string): Entry[] {
  const entries: Entry[] = [];
  let quote: string | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const content = line.trimEnd();
    if (quote === undefined) {
      entries.push({ line: index + 1, text: content, open: false });
      const value = /^[\w/-]+=(.*)$/.exec(content)?.[1] ?? "";
      const [first = ""] = value;
      quote =
        /["']/.test(first) && !(value.length > 1 && value.endsWith(first)) ? first : undefined;
    } else if (content.endsWith(quote)) quote = undefined;
  }
  const last = entries.at(-1);
  return quote === undefined || last === undefined
    ? entries
    : [...entries.slice(0, -1), { ...last, open: true }];
}
