/** What a person, or a script, says is in the store. */

/**
 * In: text of lines. A path names a secret (`/services/sonarr/api-key`, what follows `=` is not looked at);
 * `# /services/sonarr` says in which folder the names that follow are (`api-key='…'`), as `--format dotenv`
 * prints them. One whose value is empty is not there. Out: paths, sorted.
 */
export function existingSecrets(text: string): string[] {
  const paths = new Set<string>();
  let folder = "";
  for (const line of withoutInnerLines(text)) {
    const heading = /^# (\/\S+)$/.exec(line)?.[1];
    folder = heading ?? folder;
    const [, name, value] = /^([A-Za-z/][\w/-]*)(=.*)?$/.exec(line) ?? [];
    if (name === undefined || /^=(''|"")?$/.test(value ?? "")) continue;
    paths.add(name.startsWith("/") ? name : `${folder}/${name}`);
  }
  return [...paths].sort();
}

/** A value in quotes may have several lines; only the first one names something. */
function withoutInnerLines(text: string): string[] {
  const kept: string[] = [];
  let quote: string | undefined;
  for (const line of text.split("\n").map((each) => each.trimEnd())) {
    if (quote === undefined) {
      kept.push(line);
      const value = /^[\w/-]+=(.*)$/.exec(line)?.[1] ?? "";
      const [first = ""] = value;
      quote =
        /["']/.test(first) && !(value.length > 1 && value.endsWith(first)) ? first : undefined;
    } else if (line.endsWith(quote)) quote = undefined;
  }
  return kept;
}
