/** Times and sizes of backups for people. */
import { day } from "../model/units.ts";

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

/** `30 days`, `36 hours` */
export function keptWords(length: number): string {
  return length % day === 0 ? count(length / day, "day") : count(Math.round(length / 3600), "hour");
}

const count = (number: number, unit: string) => `${number} ${unit}${number === 1 ? "" : "s"}`;
