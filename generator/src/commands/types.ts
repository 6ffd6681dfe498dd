/** `npm run types`: the files generated from the model itself. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { modelFiles } from "../scaffold/model-files.ts";
import type { Invocation } from "./arguments.ts";
import { repositoryRoot } from "./repository-paths.ts";

export function types(_invocation: Invocation): 0 {
  const root = repositoryRoot();
  for (const { path: file, content } of modelFiles()) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
    process.stdout.write(`${file}\n`);
  }
  return 0;
}
