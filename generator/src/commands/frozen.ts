/** What may not change, against the files there are and the last commit: what was never committed is on no cluster. */
import { checkFrozen, isFrozenFile } from "../check/frozen.ts";
import type { Release } from "../model/platform.ts";
import type { ExistingFile, WritePlan } from "../output/files.ts";
import type { Problem } from "../problems/problem.ts";

interface Planned {
  readonly plan: WritePlan;
  readonly existing: readonly ExistingFile[];
}

/** Problems: FROZEN_NAME, FROZEN_CLAIM, FROZEN_SELECTOR. Git is asked only when something is found, or may be missing here. */
export async function frozenProblems(
  root: string,
  planned: Planned,
  releases: readonly Release[],
): Promise<readonly Problem[]> {
  const committed = committedOnce(root);
  const { plan, existing } = await withCommitted(root, planned, committed);
  const changes = checkFrozen(plan, existing, releases).filter(({ isMeant }) => !isMeant);
  if (changes.length === 0) return [];
  const files = await committed();
  return changes.flatMap(({ path, problem }) => ((files?.has(path) ?? true) ? [problem] : []));
}

type Committed = () => Promise<ReadonlySet<string> | undefined>;

function committedOnce(root: string): Committed {
  let asked: ReturnType<Committed> | undefined;
  return () =>
    (asked ??= import("../load/committed-files.ts").then(({ committedFiles }) =>
      committedFiles(root),
    ));
}

/**
 * A file that somebody deleted, or that git could not merge, is as in the last commit: it says what is on the cluster
 * all the same. Files that are deleted are wanted again, most of them, so a run that makes none looks for none.
 */
async function withCommitted(
  root: string,
  { plan, existing }: Planned,
  committed: Committed,
): Promise<Planned> {
  const conflicted = new Set(
    plan.problems.flatMap(({ code, place }) =>
      code === "WRITE_UNMERGED_CONFLICT" ? [place.file] : [],
    ),
  );
  if (conflicted.size === 0 && !plan.writes.some(({ kind }) => kind === "create"))
    return { plan, existing };
  const present = new Set(existing.map(({ path }) => path));
  const lost = [...((await committed()) ?? [])].filter(
    (path) => isFrozenFile(path) && (conflicted.has(path) || !present.has(path)),
  );
  const { committedTexts } = await import("../load/committed-files.ts");
  const texts = await committedTexts(root, lost);
  const wanted = new Set(plan.writes.map(({ path }) => path));
  return {
    existing: [
      ...existing.filter(({ path }) => !texts.has(path)),
      ...[...texts].map(([path, content]) => ({ path, content })),
    ],
    plan: {
      ...plan,
      writes: plan.writes.map((write) =>
        texts.has(write.path) ? { ...write, kind: "update" as const } : write,
      ),
      removals: [
        ...plan.removals,
        ...lost.filter((path) => !present.has(path) && !wanted.has(path)),
      ],
    },
  };
}
