/** docs/reference/rules.md: every rule by which something follows from facts. */
import { rulesByConcern } from "../../model/rules.ts";
import type { Rule } from "../../model/rules.ts";
import type { OutputFile } from "../../output/files.ts";

const intro = `<!-- Generated from generator/src/model/rules: edit there, then run \`npm run types\`. -->

# Rules

Everything a service gets without asking follows from a fact of its file, of its environment or of its cluster, by one of
these rules. \`npm run explain <service>\` says which facts and what came of them.
`;

/** In the order of \`explain\`; the same for the same rules. */
export function rulesPage(): OutputFile {
  const sections = Object.entries<Readonly<Record<string, Rule>>>(rulesByConcern).flatMap(
    ([concern, rules]) => {
      const rows = Object.entries(rules).map(
        ([name, { says, source = "" }]) => `| \`${name}\` | ${says} | ${source} |`,
      );
      return rows.length === 0
        ? []
        : [
            [
              `## ${concern}`,
              "",
              "| Rule | What it says | Source |",
              "| --- | --- | --- |",
              ...rows,
            ],
          ];
    },
  );
  return {
    path: "docs/reference/rules.md",
    content: `${intro}\n${sections.map((lines) => `${lines.join("\n")}\n`).join("\n")}`,
  };
}
