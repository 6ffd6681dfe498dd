/**
 * Generated files that git could not merge. Two branches that change one generated file always
 * meet in its first line, since the marker carries a hash, so the marker is usually found inside the
 * conflict and not at the top.
 */
import { hasMarker, isAsRendered } from "./marker.ts";

/**
 * Says whether the text is a generated file with an unresolved merge in it, be it the whole conflict or
 * a sign that somebody forgot to take out. A conflict that begins with the first line counts only when
 * each of its sides bears the marker: otherwise one of them was written by a person, and replacing the
 * file would lose it.
 */
export function isConflictedOutput(text: string): boolean {
  if (!signs.some((sign) => text.includes(sign)) || isAsRendered(text)) return false;
  const lines = text.split(/\r?\n/);
  if (hasMarker(text)) return lines.some((line) => isSign(line) && line !== middle);
  const [first = "", second = ""] = lines;
  return isSign(first) && hasMarker(second) && hasMarker(otherSide(lines) ?? second);
}

const middle = "=======";
const signs = ["<<<<<<<", middle, ">>>>>>>"] as const;

function isSign(line: string): boolean {
  return signs.some((sign) => line === sign || line.startsWith(`${sign} `));
}

/** The first line of the other side of the conflict at the top; a later conflict is another one. */
function otherSide(lines: readonly string[]): string | undefined {
  const next = lines.findIndex((line, index) => index > 0 && isSign(line));
  return lines[next] === middle ? lines[next + 1] : undefined;
}
