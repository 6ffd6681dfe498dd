/** `npm run remove <service>`: out of the tree; what stays on the cluster is listed. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readTree } from "../load/tree.ts";
import type { SourceTree } from "../model/tree.ts";
import { buildPlatform } from "../pipeline.ts";
import { placeProblems } from "../problems/place.ts";
import { planRemoval } from "../scaffold/remove-service.ts";
import type { Removal } from "../scaffold/remove-service.ts";
import type { Invocation } from "./arguments.ts";
import { writeAll } from "./render-all.ts";
import { report } from "./report.ts";
import { repositoryRoot, stateFolderOf } from "./repository-paths.ts";

/** Exit code: 0 removed and rendered, 1 findings on rendered objects, 2 a mistake; unless 0 the tree is as it was. */
export async function remove(invocation: Invocation): Promise<0 | 1 | 2> {
  const root = repositoryRoot();
  const [name = ""] = invocation.names;
  const tree = readTree(root);
  const { value } = await buildPlatform(tree);
  const planned = planRemoval(tree, value, name);
  if ("problems" in planned) {
    report(
      root,
      await placeProblems(tree.sources, { problems: planned.problems, rejections: [] }),
      invocation.format,
    );
    return 2;
  }
  const aside = path.join(stateFolderOf(root), `removed-${process.pid}`);
  const undo = takeOut(root, aside, planned.removal, tree);
  let code: 0 | 1 | 2 = 2;
  try {
    code = await writeAll(root, invocation);
  } finally {
    if (code !== 0) undo();
    rmSync(aside, { recursive: true, force: true });
  }
  return code;
}

/** Moves authored files out of the tree and edits environments. Out: what puts everything back. */
function takeOut(
  root: string,
  aside: string,
  { paths, edits }: Removal,
  before: SourceTree,
): () => void {
  mkdirSync(aside, { recursive: true });
  const moves: (readonly [string, string])[] = [];
  for (const [index, file] of paths.entries()) {
    const [from, to] = [path.join(root, file), path.join(aside, String(index))];
    // A chart's copy may lie in the folder that went before it, or be gone already.
    if (!existsSync(from)) continue;
    renameSync(from, to);
    moves.push([from, to]);
  }
  for (const [file, text] of edits) writeFileSync(path.join(root, file), text);
  return () => {
    for (const [from, to] of moves) renameSync(to, from);
    for (const file of edits.keys())
      writeFileSync(path.join(root, file), before.sources.get(file) ?? "");
  };
}
