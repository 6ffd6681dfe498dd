/** Changes of rendered files that no render makes. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Replaces a text wherever it is in a rendered file. In: the file, below the environment's folder. Out: does it, given that
 * folder; throws where the text is not there.
 */
export const spoil = (file: string, from: string, to: string) => (folder: string) => {
  const full = path.join(folder, file);
  writeFileSync(full, replaced(readFileSync(full, "utf8"), from, to));
};

/** Pods of a workload that is rendered are ready only after some seconds. */
export const holdPods = (file: string, seconds: number): ((folder: string) => void) => {
  const template = "  template:\n    metadata:\n";
  const annotation = `      annotations:\n        rzp.local/ready-after: ${seconds}s\n`;
  return spoil(file, template, template + annotation);
};

/** Throws where there is nothing to replace. */
export function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`there is no ${from}`);
  return text.replaceAll(from, to);
}
