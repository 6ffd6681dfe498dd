/** `npm run types`: the files generated from the model itself; those that changed are printed. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { modelFiles } from "../scaffold/model-files.ts";
import { repositoryRoot } from "./repository-paths.ts";

/** Exit code: 0, also when nothing changed. */
export function types(): 0 {
  const root = repositoryRoot();
  for (const { path: file, content } of modelFiles()) {
    const full = path.join(root, file);
    if (existsSync(full) && readFileSync(full, "utf8") === content) continue;
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, content);
    process.stdout.write(`${file}\n`);
  }
  return 0;
}
