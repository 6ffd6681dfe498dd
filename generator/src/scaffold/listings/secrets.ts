/** The secrets an environment needs, as rows for people and as a file for tools. */
import type { NeededSecret } from "../../release/secrets/needed.ts";

/** One that may have a value by now. */
export interface ListedSecret {
  readonly secret: NeededSecret;
  /** Undefined when nothing was generated for it. */
  readonly value: string | undefined;
}

export const secretHeadings = ["PATH", "VALUE", "READ BY", "WHAT"] as const;

/** In: secrets. Out: a row each, under these headings. */
export const secretRows = (listed: readonly ListedSecret[]): string[][] =>
  listed.map(({ secret, value }) => [
    secret.key === undefined ? `${secret.path}/*` : secret.path,
    value ?? howText(secret),
    secret.readers.join(" "),
    whatText(secret),
  ]);

/** Folder after folder; what a person has to fill in stands there without a value, and is not there before it has one. */
export function secretsDotenv(listed: readonly ListedSecret[]): string {
  return [...Map.groupBy(listed, ({ secret }) => folderOf(secret))]
    .map(([folder, mine]) =>
      [
        `# ${folder}`,
        ...mine.flatMap(({ secret, value }) => [
          ...(value === undefined ? [`# ${howText(secret)}: ${whatText(secret)}`] : []),
          ...(secret.key === undefined ? [] : [`${secret.key}='${value ?? ""}'`]),
        ]),
        "",
      ].join("\n"),
    )
    .join("\n");
}

/** The same facts for programs. */
export const secretsJson = (listed: readonly ListedSecret[]): string =>
  `${JSON.stringify(
    listed.map(({ secret: { form, ...secret }, value }) => ({
      ...secret,
      origin: form === undefined ? "by hand" : "generated",
      form,
      value,
    })),
    null,
    2,
  )}\n`;

const folderOf = ({ path, key }: NeededSecret) =>
  key === undefined ? path : path.slice(0, path.lastIndexOf("/"));

const howText = ({ form }: NeededSecret) =>
  form === undefined ? "by hand" : `generated, ${form.length} ${formWords[form.of]}`;
const formWords = { password: "letters, digits, - and _", hex: "hex digits" };

/** Nothing where path and readers say all that is known. */
function whatText({ kind, owner, login, about, form }: NeededSecret): string {
  if (about !== undefined) return about;
  if (login !== undefined)
    return `login of ${login.consumer} at ${owner}${login.user === login.consumer ? "" : `, as ${login.user}`}`;
  switch (kind) {
    case "folder":
      return `all of a folder of ${owner}`;
    case "registry":
      return `credential of the image registry of ${owner} (dockerconfigjson)`;
    case "owner":
      return "owner of the first database; nobody logs in as it";
    default:
      return form === undefined ? `not said: about, in secrets of ${owner}` : "";
  }
}
