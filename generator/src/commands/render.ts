/**
 * `npm run render`: authored files -> generated files. This file decides whether there is anything to do, on
 * fingerprints and without loading the generator; render-all.ts does it.
 */
import { helmIdentity } from "../tools/helm-identity.ts";
import {
  inputsFingerprint,
  listerOnce,
  outputFiles,
  outputsFingerprint,
  readStamp,
} from "../write/stamp.ts";
import type { Lister } from "../write/stamp.ts";
import type { Invocation } from "./arguments.ts";
import { ownedRoots, repositoryRoot, stateFolderOf } from "./repository-paths.ts";
import { say } from "./say.ts";

/** Exit code: 0 written or up to date, 1 findings on rendered objects, or out of date with --check, 2 mistakes. */
export async function render(invocation: Invocation): Promise<0 | 1 | 2> {
  const root = repositoryRoot();
  const list = listerOnce();
  const inputs = inputsFingerprint(root, helmIdentity(process.env), list);
  const unchanged = invocation.noCache ? undefined : unchangedFiles(root, inputs, list);
  if (unchanged !== undefined) {
    if (invocation.format !== "human")
      (await import("../print-problems.ts")).printProblems(root, [], invocation.format);
    say(
      invocation.check
        ? "rendered files are up to date\n"
        : `0 created, 0 changed, 0 removed, ${unchanged} unchanged\n`,
      invocation.format,
    );
    return 0;
  }
  const { checkUpToDate, writeAll } = await import("./render-all.ts");
  return invocation.check ? checkUpToDate(root, invocation) : writeAll(root, invocation, inputs);
}

/** How many files are as the last complete render left them, if all are and nothing it read has changed. */
function unchangedFiles(root: string, inputs: string, list: Lister): number | undefined {
  const stamp = readStamp(stateFolderOf(root));
  if (stamp?.inputs !== inputs) return undefined;
  return outputsFingerprint(root, outputFiles(root, ownedRoots, list)) === stamp.outputs
    ? stamp.files
    : undefined;
}
