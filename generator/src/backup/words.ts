/** Times and sizes of backups for people. */
import { countWords, day } from "../model/units.ts";

/** `2h 14m`, `45s`; `never` without end. */
export function timeWords(length: number): string {
  if (!Number.isFinite(length)) return "never";
  if (length < 60) return `${Math.round(length)}s`;
  const minutes = Math.round(length / 60);
  const hours = Math.floor(minutes / 60);
  const parts = [
    ...(hours === 0 ? [] : [`${hours}h`]),
    ...(minutes % 60 === 0 && hours > 0 ? [] : [`${minutes % 60}m`]),
  ];
  return parts.join(" ");
}

/** As `timeWords`, to the second where it would read as another time does: `30m 12s`, not 30m of 30m. */
export function timeWordsApart(length: number, other: number): string {
  const words = timeWords(length);
  if (words !== timeWords(other) || length === other) return words;
  const seconds = Math.round(length) % 60;
  const whole = Math.round(length) - seconds;
  return seconds === 0 ? words : `${whole === 0 ? "" : `${timeWords(whole)} `}${seconds}s`;
}

/** `30 days`, `36 hours` */
export function keptWords(length: number): string {
  return length % day === 0
    ? countWords(length / day, "day")
    : countWords(Math.round(length / 3600), "hour");
}

/** `1 claim`, `12 claims` */
export const claimWords = (claims: number): string => countWords(claims, "claim");
