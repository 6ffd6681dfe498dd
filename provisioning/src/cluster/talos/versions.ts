/** Versions of Talos and of Kubernetes, and between which there is a way. */

/** `v1.13`. */
export const minorOf = (version: string): string => version.split(".").slice(0, 2).join(".");

/** `v1.14` after v1.13.2. */
export function nextMinor(version: string): string {
  const [major, minor] = numbers(version);
  return `v${major}.${minor + 1}`;
}

/**
 * In: what runs, what is wanted. Out: `next` where there is a way: to the same minor version or the one after it, as Talos is tried
 * between neighbours alone ("Supported Upgrade Paths"); else why there is none. `unknown` where one of them is no version.
 */
export function wayBetween(from: string, to: string): "next" | "skips" | "back" | "unknown" {
  const [[major, minor], [wantedMajor, wantedMinor]] = [numbers(from), numbers(to)];
  const steps = wantedMinor - minor;
  if (Number.isNaN(steps + wantedMajor - major)) return "unknown";
  if (major !== wantedMajor) return major < wantedMajor ? "skips" : "back";
  if (steps < 0) return "back";
  return steps > 1 ? "skips" : "next";
}

function numbers(version: string): readonly [number, number] {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return [Number(major), Number(minor)];
}
