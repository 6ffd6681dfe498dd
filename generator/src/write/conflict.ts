/**
 * Generated files that git could not merge. Two branches that change one generated file always
 * meet in its first line, since the marker carries a hash, so the marker is usually found inside the
 * conflict and not at the top.
 */
import { hasMarker, isAsRendered } from "./marker.ts";

/**
 * Says whether the text is a generated file with an unresolved merge in it. A conflict that begins
 * with the first line counts only when both sides bear the marker: otherwise one of them was written
 * by a person, and replacing the file would lose it.
 */
export function isConflictedOutput(text: string): boolean {
  if (!text.includes("<<<<<<<") || isAsRendered(text)) return false;
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => isConflictLine(line, "<<<<<<<"));
  const middle = lines.indexOf("=======", start + 1);
  if (start === -1 || middle === -1) return false;
  if (!lines.some((line, index) => index > middle && isConflictLine(line, ">>>>>>>"))) return false;
  return start === 0
    ? hasMarker(lines[1] ?? "") && hasMarker(lines[middle + 1] ?? "")
    : hasMarker(text);
}

function isConflictLine(line: string, sign: "<<<<<<<" | ">>>>>>>"): boolean {
  return line === sign || line.startsWith(`${sign} `);
}
