/**
 * Workflow commands, which GitHub Actions shows as annotations on the changed lines. Source of the
 * escaping: "Workflow commands for GitHub Actions" and @actions/core, command.ts.
 */
import type { Problem } from "../problem.ts";
import { detailsOf } from "./details.ts";

/**
 * Formats merged problems as one workflow command a line. GitHub shows ten errors and ten warnings
 * of a step as annotations; the rest are in the log only, so a human format belongs beside this one.
 */
export function formatGithub(problems: readonly Problem[]): string {
  return problems.map((problem) => `${toCommand(problem)}\n`).join("");
}

function toCommand(problem: Problem): string {
  const properties = propertiesOf(problem).map(
    ([name, value]) => `${name}=${escapeProperty(String(value))}`,
  );
  return `::${problem.severity} ${properties.join(",")}::${escapeData(bodyOf(problem))}`;
}

function propertiesOf({ place, code }: Problem): readonly (readonly [string, string | number])[] {
  const properties: (readonly [string, string | number])[] = [];
  if (place.file !== "") properties.push(["file", place.file]);
  if (place.line !== undefined) {
    properties.push(["line", place.line]);
    if (place.column !== undefined) {
      properties.push(["col", place.column]);
      if (place.length !== undefined) properties.push(["endColumn", place.column + place.length]);
    }
  }
  properties.push(["title", code]);
  return properties;
}

function bodyOf(problem: Problem): string {
  const environments = problem.environments ? ` (${problem.environments.join(", ")})` : "";
  const details = detailsOf(problem).map(([label, text]) => `${label}: ${text}`);
  const related = (problem.related ?? []).map(
    (place) => `related: ${[place.file, place.line ?? []].flat().join(":")} ${place.note}`,
  );
  return [problem.message + environments, ...details, ...related].join("\n");
}

/** `%` first, or the escapes themselves would be escaped. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A property ends at a comma and the properties end at a colon, so both are escaped too. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
