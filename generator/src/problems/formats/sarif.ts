/** SARIF 2.1.0, for GitHub code scanning and other viewers of findings. */
import type { CodeEntry } from "../codes/entry.ts";
import { codes, type ProblemCode } from "../codes.ts";
import { errorPagePath } from "../error-pages.ts";
import type { Place, Problem } from "../problem.ts";
import { detailsOf } from "./details.ts";

const schemaUri =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * Formats merged problems as one SARIF run. Only the rules that have a result are listed, so the
 * document does not change when a code is added elsewhere. `helpUri` would have to be absolute, which nobody here
 * can say: the help text names the page.
 */
export function formatSarif(problems: readonly Problem[]): string {
  const ruleIds = [...new Set(problems.map((problem) => problem.code))].toSorted();
  const log = {
    $schema: schemaUri,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "RZP", rules: ruleIds.map(toRule) } },
        columnKind: "utf16CodeUnits",
        results: problems.map((problem) => toResult(problem, ruleIds.indexOf(problem.code))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function toRule(code: ProblemCode): object {
  const entry: CodeEntry = codes[code];
  const page = errorPagePath(code);
  return {
    id: code,
    shortDescription: { text: entry.title },
    fullDescription: { text: entry.meaning },
    help: { text: `${entry.remedy} See ${page}.` },
  };
}

function toResult(problem: Problem, ruleIndex: number): object {
  const details = detailsOf(problem).filter(([label]) => label !== "docs");
  const text = [problem.message, ...details.map(([label, detail]) => `${label}: ${detail}`)];
  return {
    ruleId: problem.code,
    ruleIndex,
    level: problem.severity,
    message: { text: text.join("\n") },
    locations: problem.place.file === "" ? undefined : [toLocation(problem.place)],
    relatedLocations: problem.related?.map((place, index) => ({
      id: index + 1,
      ...toLocation(place),
      message: { text: place.note },
    })),
    properties: propertiesOf(problem),
  };
}

function propertiesOf({ path, environments }: Problem): object | undefined {
  if (path === undefined && environments === undefined) return undefined;
  return { path, environments };
}

function toLocation(place: Place): object {
  const uri = place.file.split("/").map(encodeURIComponent).join("/");
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: "%SRCROOT%" },
      region: regionOf(place),
    },
  };
}

/** `endColumn` is the column after the last character. */
function regionOf({ line, column, length }: Place): object | undefined {
  if (line === undefined) return undefined;
  if (column === undefined) return { startLine: line };
  const endColumn = length === undefined ? undefined : column + length;
  return { startLine: line, startColumn: column, endColumn };
}
