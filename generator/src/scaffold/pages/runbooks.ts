/** docs/runbooks: a page for each kind of alert, of the table that the rules are made of. */
import { alertKinds } from "../../model/alerts.ts";
import type { AlertKind } from "../../model/alerts/kind.ts";
import type { OutputFile } from "../../output/files.ts";

const marker =
  "<!-- Generated from generator/src/model/alerts: edit there, then run `npm run types`. -->";

/** All pages, an index first. */
export function runbookPages(): OutputFile[] {
  const kinds: readonly (readonly [string, AlertKind])[] = Object.entries(alertKinds);
  const index = blocks([
    marker,
    "# Runbooks",
    "What to do about an alert. Each alert links to its page. `critical` is told at once, `warning` may wait for quiet hours to end; [guide-alerts](../guide-alerts.md) says who is told.",
    [
      "| Alert | Severity | What it means |",
      "| --- | --- | --- |",
      ...kinds.map(
        ([name, { severity, meaning }]) => `| [${name}](${name}.md) | ${severity} | ${meaning} |`,
      ),
    ].join("\n"),
  ]);
  return [
    { path: "docs/runbooks/README.md", content: index },
    ...kinds.map(([name, kind]) => ({
      path: `docs/runbooks/${name}.md`,
      content: blocks([marker, `# ${name}`, ...page(kind)]),
    })),
  ];
}

function page({ severity, summary, meaning, lookAt, remedy, ...kind }: AlertKind): string[] {
  const { for: holds, forAsLongAs } = kind;
  const time = forAsLongAs === undefined ? holds : `as long as ${forAsLongAs}`;
  const when = time === undefined ? "as soon as it holds" : `when it has held for ${time}`;
  return [
    `Severity \`${severity}\`, raised ${when}. It says: "${summary}"`,
    "## What it means",
    meaning,
    "## What to look at",
    list(lookAt),
    "## What to do",
    list(remedy),
  ];
}

const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join("\n");
const blocks = (parts: readonly string[]): string => `${parts.join("\n\n")}\n`;
