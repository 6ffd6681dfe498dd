/** What may not change, against the files there are and the last commit: what was never committed is on no cluster. */
import type { ByHand } from "../check/by-hand.ts";
import { checkFrozen, isFrozenFile } from "../check/frozen.ts";
import { withoutFollowing } from "../check/frozen-environments.ts";
import { filesOfMigrations, idleMigrations } from "../check/idle-migrations.ts";
import type { Release } from "../model/platform.ts";
import type { ExistingFile, WritePlan } from "../output/files.ts";
import type { Problem } from "../problems/problem.ts";

interface Planned {
  readonly plan: WritePlan;
  readonly existing: readonly ExistingFile[];
}

export interface FrozenFindings {
  readonly problems: readonly Problem[];
  /** What a person does beside the push, since a migration let it through. */
  readonly byHand: readonly ByHand[];
}

/** Problems: FROZEN_NAME, FROZEN_CLAIM, FROZEN_SELECTOR; MIGRATION_IDLE as a warning. Git is asked only when something is found, or may be missing here. */
export async function frozenFindings(
  root: string,
  planned: Planned,
  releases: readonly Release[],
  committed: Committed,
): Promise<FrozenFindings> {
  const { plan, existing } = await withCommitted(root, planned, committed);
  const changes = checkFrozen(plan, existing, releases);
  const files = changes.length === 0 ? undefined : await committed();
  const inUse = withoutFollowing(changes.filter(({ path }) => files?.has(path) ?? true));
  return {
    problems: [
      ...inUse.flatMap(({ problem, isMeant }) => (isMeant ? [] : [problem])),
      ...(await idle(root, planned, releases, committed)),
    ],
    byHand: inUse.flatMap((change) => (change.isMeant ? (change.byHand ?? []) : [])),
  };
}

/** A migration has something to do until what it lets through is committed. */
async function idle(
  root: string,
  { plan, existing }: Planned,
  releases: readonly Release[],
  committed: Committed,
): Promise<Problem[]> {
  const meaning = releases.filter(({ service }) => service.spec.migrations !== undefined);
  if (meaning.length === 0) return [];
  const { committedTexts } = await import("../load/committed-files.ts");
  const old = filesOfMigrations(meaning, [...((await committed()) ?? [])]);
  const texts = await committedTexts(root, old);
  const here = new Map(existing.map((file) => [file.path, file]));
  const changed = old.filter((path) => here.get(path)?.content !== texts.get(path));
  const changing = [...plan.writes.map(({ path }) => path), ...plan.removals];
  return idleMigrations(meaning, [...changed, ...changing], [...here.keys(), ...old]);
}

/** The rendered files of the last commit: asked of git when they are wanted, and once. */
export type Committed = () => Promise<ReadonlySet<string> | undefined>;

export function committedOnce(root: string): Committed {
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
        texts.has(write.path)
          ? { path: write.path, content: write.content, kind: "update" as const }
          : write,
      ),
      removals: [
        ...plan.removals,
        ...lost.filter((path) => !present.has(path) && !wanted.has(path)),
      ],
    },
  };
}
