/** Versions of Talos and of Kubernetes, and between which there is a way. */

/** `v1.13`. */
export const minorOf = (version: string): string => version.split(".").slice(0, 2).join(".");

/** The same minor version or the one after it: Talos is tried between neighbours alone ("Supported Upgrade Paths"). */
export function isNext(from: string, to: string): boolean {
  const [major, minor = 0] = numbers(from);
  const [nextMajor, nextMinor = 0] = numbers(to);
  return major === nextMajor && (nextMinor === minor || nextMinor === minor + 1);
}

const numbers = (version: string): number[] => version.replace(/^v/, "").split(".").map(Number);
