/** Puts the test plugin where the engine finds it: a folder of programs, for PATH. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const plugin = path.join(import.meta.dirname, "plugin.ts");

/** In: a folder of its own. Out: the same folder, with the program in it. */
export function installTestPlugin(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "pulumi-resource-cloudflare");
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${plugin}" "$@"\n`);
  chmodSync(file, 0o755);
  return folder;
}
