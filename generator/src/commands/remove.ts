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
import { fileProblem } from "../write/file-problem.ts";
import { serviceFolder } from "../model/paths.ts";
import { printProblems } from "../print-problems.ts";
import { repositoryRoot, stateFolderOf } from "./repository-paths.ts";

/** Exit code: 0 removed and rendered, 1 findings on rendered objects, 2 a mistake; unless 0 the tree is as it was. */
export async function remove(invocation: Invocation): Promise<0 | 1 | 2> {
  const root = repositoryRoot();
  const [name = ""] = invocation.names;
  const tree = readTree(root);
  const { value } = await buildPlatform(tree);
  const planned = planRemoval(tree, value, name);
  if ("problems" in planned) {
    printProblems(
      root,
      await placeProblems(tree.sources, { problems: planned.problems, rejections: [] }),
      invocation.format,
    );
    return 2;
  }
  const aside = path.join(stateFolderOf(root), `removed-${process.pid}`);
  const taken: Taken[] = [];
  let code: 0 | 1 | 2 = 2;
  try {
    for (const step of takingOut(root, aside, planned.removal, tree)) taken.push(step());
    code = await writeAll(root, invocation);
  } catch (error) {
    const problem = fileProblem(error, serviceFolder(name), "Everything is as it was.");
    printProblems(root, [problem], invocation.format);
  } finally {
    if (code !== 0) for (const { putBack } of taken.toReversed()) putBack();
    rmSync(aside, { recursive: true, force: true });
  }
  return code;
}

/** A step that was made. */
interface Taken {
  readonly putBack: () => void;
}

/** Steps that move authored files out of the tree and edit environments. */
function takingOut(
  root: string,
  aside: string,
  { paths, edits }: Removal,
  before: SourceTree,
): (() => Taken)[] {
  mkdirSync(aside, { recursive: true });
  return [
    ...paths.map((file, index) => () => {
      const [from, to] = [path.join(root, file), path.join(aside, String(index))];
      // A chart's copy may lie in the folder that went before it, or be gone already.
      if (!existsSync(from)) return { putBack: () => undefined };
      renameSync(from, to);
      return { putBack: () => renameSync(to, from) };
    }),
    ...[...edits].map(([file, text]) => () => {
      writeFileSync(path.join(root, file), text);
      return {
        putBack: () => writeFileSync(path.join(root, file), before.sources.get(file) ?? ""),
      };
    }),
  ];
}
