/** `npm run remove <service>`: out of the tree; what stays on the cluster is listed. */
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readTree } from "../load/tree.ts";
import { buildPlatform } from "../pipeline.ts";
import { placeProblems } from "../problems/place.ts";
import { planRemoval, remainsText } from "../scaffold/remove-service.ts";
import type { Invocation } from "./arguments.ts";
import { writeAll } from "./render-all.ts";
import { report } from "./report.ts";
import { repositoryRoot } from "./repository-paths.ts";

/** Exit code: 0 removed and rendered, 2 a mistake. */
export async function remove(invocation: Invocation): Promise<0 | 2> {
  const root = repositoryRoot();
  const [name, ...more] = invocation.names;
  if (name === undefined || more.length > 0) {
    process.stderr.write("remove takes one service: npm run remove my-app\n");
    return 2;
  }
  const tree = readTree(root);
  const { value, problems } = await buildPlatform(tree);
  const planned = value === undefined ? { problems } : planRemoval(tree, value, name);
  if ("problems" in planned) {
    report(root, await placeProblems(tree.sources, { problems: planned.problems, rejections: [] }), invocation.format);
    return 2;
  }
  for (const file of planned.removal.paths) rmSync(path.join(root, file), { recursive: true, force: true });
  for (const [file, text] of planned.removal.edits) writeFileSync(path.join(root, file), text);
  const code = await writeAll(root, invocation);
  if (code === 0) process.stdout.write(`\n${remainsText(name, planned.removal.remains)}`);
  return code;
}
