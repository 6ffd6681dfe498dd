/** An explanation for people, and for programs. */
import type { Cause } from "../model/derived.ts";
import { rules } from "../model/rules.ts";
import type { Rule } from "../model/rules.ts";
import type { Exception } from "./exceptions.ts";
import type { ExplainedConsequence, Explanation } from "./explanation.ts";

/** In: what was explained, the file of the service, and the environments asked for. Out: text with a heading a concern and a line a rule. */
export function explanationText(
  { consequences, exceptions }: Explanation,
  { file, environments }: { file: string; environments: readonly string[] },
): string {
  const lines = [...Map.groupBy(consequences, ({ concern }) => concern)].flatMap(
    ([concern, mine]) => [
      "",
      concern,
      ...[...Map.groupBy(mine, ({ rule }) => rule)].flatMap(([name, ofRule]) => {
        const { says, source }: Rule = rules[name];
        return [
          `  ${says}${source === undefined ? "" : ` (${source})`}`,
          ...ofRule.flatMap((one) => consequenceLines(one, { file, environments })),
        ];
      }),
    ],
  );
  if (lines.length === 0) return "nothing follows\n";
  return `${lines.slice(1).join("\n")}\n${exceptionsText(exceptions, environments)}`;
}

function consequenceLines(
  { about, says, causes, environments: where }: ExplainedConsequence,
  { file, environments }: { file: string; environments: readonly string[] },
): string[] {
  return [
    `    ${about}: ${says}${onlyIn(where, environments)}`,
    `      from ${worthTelling(causes)
      .map((cause) => causeText(cause, file))
      .join(", ")}`,
  ];
}

/** What is not there matters to people where nothing is, or where only a part of it is not. */
function worthTelling(causes: readonly Cause[]): readonly Cause[] {
  const said = causes.filter(({ absent, what }) => absent === undefined || what !== undefined);
  return said.length === 0 ? causes : said;
}

/** A fact of the service's own file by its path; of another one with the file. */
export function causeText({ file, path, absent, what, reason }: Cause, own: string): string {
  const fact = `${path.join(".")}${file === own ? "" : ` in ${file}`}`.trim();
  const said = [
    ...(absent === undefined
      ? []
      : [what === undefined || what === path.at(-1) ? "not said" : `no ${what}`]),
    ...(reason === undefined ? [] : [`because: ${reason}`]),
  ].join(", ");
  // Of the file as a whole there is only what it does not say.
  if (path.length === 0) return [said, fact].join(" ").trim();
  return `${fact}${said === "" ? "" : ` (${said})`}`;
}

/** What stands apart from a standard, with its reason. */
function exceptionsText(exceptions: readonly Exception[], environments: readonly string[]): string {
  if (exceptions.length === 0) return "";
  const lines = exceptions.map(
    ({ fact, reason, environments: where }) => `  ${fact}: ${reason}${onlyIn(where, environments)}`,
  );
  return `\nExceptions, with their reasons\n${lines.join("\n")}\n`;
}

/** Nothing where it holds in all of them. */
const onlyIn = (where: readonly string[], environments: readonly string[]) =>
  where.length === environments.length ? "" : ` (${where.join(", ")})`;

/** All consequences and exceptions, with the words of the rules. */
export function explanationJson(
  service: string,
  { consequences, exceptions }: Explanation,
): string {
  const told = consequences.map(({ rule, causes, ...one }) => {
    const { says, source }: Rule = rules[rule];
    return {
      ...one,
      rule: { name: rule, says, ...(source === undefined ? {} : { source }) },
      causes: causes.map(({ path, ...cause }) => ({ fact: path.join("."), ...cause })),
    };
  });
  return `${JSON.stringify({ service, consequences: told, exceptions }, null, 2)}\n`;
}
