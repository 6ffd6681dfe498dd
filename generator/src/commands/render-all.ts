/** Authored files -> generated files, written when all is well. */
import { compiledFolder } from "../cache/folder.ts";
import { pruneCache } from "../cache/prune.ts";
import { exitCodeOf } from "../problems/exit-code.ts";
import { hasErrors } from "../problems/problem.ts";
import type { Problem } from "../problems/problem.ts";
import { helmIdentity } from "../tools/helm-identity.ts";
import { applyWrites } from "../write/apply.ts";
import { keepHandEdited } from "../write/hand-edited.ts";
import { keepKnownOutputs } from "../write/known-outputs.ts";
import { libraryLink, linkLibrary } from "../write/library-link.ts";
import { recoverJournal, withRepositoryLock } from "../write/repository-lock.ts";
import { inputsFingerprint, outputsFingerprint, writeStamp } from "../write/stamp.ts";
import type { Invocation } from "./arguments.ts";
import { planRender } from "./plan-render.ts";
import type { PlannedRender } from "./plan-render.ts";
import { keptFolder, stateFolderOf } from "./repository-paths.ts";
import { say } from "./say.ts";
import { outdatedFile, outdatedFiles, summary } from "./summary.ts";

/** How long a second run waits for the first. */
const waitMs = 30_000;

const inputsNow = (root: string) => inputsFingerprint(root, helmIdentity(process.env));

/** Renders and writes under the lock. Exit code: 0 written; 1 findings on rendered objects, 2 mistakes, and nothing written. */
export async function writeAll(
  root: string,
  invocation: Invocation,
  inputs = inputsNow(root),
): Promise<0 | 1 | 2> {
  const stateFolder = stateFolderOf(root);
  const locked = await withRepositoryLock(root, { stateFolder, waitMs }, async () => {
    const planned = await planRender(root, invocation);
    const problems = await carryOut(root, planned, { stateFolder, inputs });
    return { ...planned, problems };
  });
  const problems = [...locked.problems, ...(locked.done ? locked.value.problems : [])];
  const waiting = locked.done ? locked.value.waiting : 0;
  await tell(root, { problems, waiting }, invocation.format);
  if (!locked.done || hasErrors(problems) || locked.value.plan === undefined)
    return exitCodeOf(problems);
  for (const folder of [keptFolder(), compiledFolder]) pruneCache(folder);
  const { plan, byHand, remains, unlinked } = locked.value;
  say(summary({ plan, byHand, remains, links: unlinked.map(libraryLink) }), invocation.format);
  return 0;
}

/** Writes what is planned, if it may be, and keeps what the next run is to know of it. Out: all problems, of the plan and of writing. */
async function carryOut(
  root: string,
  { plan, problems, existing, stampable, unlinked }: PlannedRender,
  { stateFolder, inputs }: { readonly stateFolder: string; readonly inputs: string },
): Promise<readonly Problem[]> {
  if (plan === undefined) return problems;
  const judged = keepHandEdited(root, stateFolder, { plan, problems });
  if (hasErrors(judged)) return judged;
  const linked = linkLibrary(root, unlinked);
  const applied = hasErrors(linked.problems)
    ? linked
    : await applyWrites(root, plan, { stateFolder });
  const all = [...judged, ...applied.problems];
  if (hasErrors(all)) {
    linked.undo();
    return all;
  }
  const known = keepKnownOutputs(root, stateFolder, { plan, existing });
  const files = new Set([
    ...existing.map((file) => file.path),
    ...plan.writes.map((write) => write.path),
    ...unlinked.map(libraryLink),
  ]).difference(new Set(plan.removals));
  // With a warning to tell, the next run should tell it again. What was saved while this one went on may have been read, or not.
  if (stampable && all.length === 0 && inputsNow(root) === inputs)
    writeStamp(stateFolder, {
      inputs,
      outputs: outputsFingerprint(root, [...files], known),
      files: plan.writes.length + plan.unchanged,
    });
  return all;
}

/** Exit code: 0 up to date, 1 out of date or findings, 2 mistakes. */
export async function checkUpToDate(root: string, invocation: Invocation): Promise<0 | 1 | 2> {
  const recovered = await recoverJournal(root, { stateFolder: stateFolderOf(root), waitMs });
  const { plan, problems, unlinked, waiting } = await planRender(root, invocation);
  const outdated =
    plan === undefined
      ? []
      : [
          ...outdatedFiles(plan),
          ...unlinked.map((service) => outdatedFile(libraryLink(service), "is missing")),
        ];
  const all = [...recovered, ...problems.map(asFoundByCheck), ...outdated];
  await tell(root, { problems: all, waiting }, invocation.format);
  const code = exitCodeOf(all);
  if (code === 0) say("rendered files are up to date\n", invocation.format);
  return code;
}

/** A render must not stop at a file it leaves alone; what is committed is not as rendered with one that is deployed. */
function asFoundByCheck(problem: Problem): Problem {
  return problem.code === "WRITE_UNKNOWN_DEPLOYED" ? { ...problem, severity: "error" } : problem;
}

/** What puts problems into words is loaded when there are some. */
async function tell(
  root: string,
  { problems, waiting }: Pick<PlannedRender, "problems" | "waiting">,
  format: Invocation["format"],
): Promise<void> {
  if (problems.length > 0 || format !== "human")
    (await import("../print-problems.ts")).printProblems(root, problems, format, waiting);
}
