/** Files that may not be there. */
import { readFileSync } from "node:fs";

/** Undefined where there is none, or none that can be read. */
export function readText(file: string | undefined): string | undefined {
  try {
    return file === undefined ? undefined : readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
