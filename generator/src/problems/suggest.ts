/** "Did you mean …": the valid name a person most likely wanted. */
import { distance } from "fastest-levenshtein";

/** A prefix shorter than this says nothing: `a` begins half of all names. */
const prefixLengthMin = 3;

/**
 * Finds the candidate that `found` was most likely meant to be.
 *
 * In: the word as written, and all words that would have been right, in any order. Out: one of the
 * candidates, or undefined where none is near enough that offering it would help. Looked for in
 * this order: the same word but for case and separators (`healthcheck`, `health-check`), a typing
 * slip, an abbreviation or a too long form (`prow`, `healthchecks`, `CAP_CHOWN`). Ties go to the candidate of
 * nearest length, then to the first by code units, so the answer never depends on the order. A word
 * that is itself a candidate is not misspelt and gets no suggestion.
 */
export function nearest(found: string, candidates: readonly string[]): string | undefined {
  if (candidates.includes(found)) return undefined;
  const word = normalize(found);
  const near: { readonly candidate: string; readonly score: number }[] = [];
  for (const candidate of candidates) {
    const score =
      scoreOf(word, normalize(candidate)) ?? (isLastPart(found, candidate) ? 10 : undefined);
    if (score !== undefined) near.push({ candidate, score });
  }
  near.sort(
    (a, b) =>
      a.score - b.score ||
      lengthGap(a.candidate, found) - lengthGap(b.candidate, found) ||
      (a.candidate < b.candidate ? -1 : 1),
  );
  return near[0]?.candidate;
}

/** `metadata.nodeName` for `spec.nodeName`: of paths with dots, the one that ends so; undefined where several do. */
export function nearestByEnd(found: string, paths: readonly string[]): string | undefined {
  const endOf = (path: string): string => path.split(".").at(-1) ?? path;
  const ends = paths.filter((path) => path.includes(".")).map(endOf);
  const end = endOf(found);
  const meant = ends.includes(end) ? end : nearest(end, ends);
  const [only, ...others] = paths.filter((path) => path.includes(".") && endOf(path) === meant);
  return others.length === 0 ? only : undefined;
}

/** Whether both are the same but for case, separators and one typing slip: nearer than `nearest` asks, where it has to be certain. */
export const isOneSlip = (found: string, candidate: string): boolean =>
  editsBetween(normalize(found), normalize(candidate)) <= 1;

/** In: names that exist, names as written. Out: what those that do not exist were most likely meant to be. */
export function nearestOfUnknown(
  existing: readonly string[],
  written: readonly string[],
): string[] {
  return written.flatMap((name) => nearest(name, existing) ?? []);
}

/** Lower is nearer: 0 the same word, 1 to 3 edits, 10 a prefix; undefined is too far. */
function scoreOf(word: string, candidate: string): number | undefined {
  if (word === candidate) return 0;
  const edits = editsBetween(word, candidate);
  if (edits <= editsMax(word, candidate)) return edits;
  return isPrefixMatch(word, candidate) ? 10 : undefined;
}

/** Case and separators are what people misremember most, so they never count as edits. */
function normalize(word: string): string {
  const lower = word.toLowerCase();
  return lower.replaceAll(/[\s._-]/gu, "") || lower;
}

/** Levenshtein counts two swapped neighbours as two edits; for a person it is one slip. */
function editsBetween(word: string, candidate: string): number {
  return isSwapOfNeighbours(word, candidate) ? 1 : distance(word, candidate);
}

function isSwapOfNeighbours(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let first = 0;
  while (first < a.length && a[first] === b[first]) first += 1;
  return (
    a[first] === b[first + 1] &&
    a[first + 1] === b[first] &&
    a.slice(first + 2) === b.slice(first + 2)
  );
}

/**
 * Short names stand close together by chance (`db`, `dns`), so they get one edit or none. More than
 * one edit needs the same first letter, which is rarely mistyped: it keeps `radarr` from becoming
 * `lidarr`.
 */
function editsMax(word: string, candidate: string): number {
  const length = Math.max(word.length, candidate.length);
  if (length < 3) return 0;
  if (length < 6 || word[0] !== candidate[0]) return 1;
  return length < 9 ? 2 : 3;
}

function isPrefixMatch(word: string, candidate: string): boolean {
  if (candidate.startsWith(word)) return word.length >= prefixLengthMin;
  // A candidate that is only the beginning of a long word is seldom what was meant.
  return (
    word.startsWith(candidate) && candidate.length >= Math.max(prefixLengthMin, word.length / 2)
  );
}

/** The candidate with a word before it: `CAP_CHOWN`, `media-sonarr`. */
function isLastPart(found: string, candidate: string): boolean {
  const isPart = /[\s._-]/u.test(found.at(-candidate.length - 1) ?? "");
  return (
    isPart &&
    candidate.length >= prefixLengthMin &&
    found.toLowerCase().endsWith(candidate.toLowerCase())
  );
}

function lengthGap(a: string, b: string): number {
  return Math.abs(a.length - b.length);
}
