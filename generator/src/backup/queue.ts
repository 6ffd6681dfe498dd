/**
 * Velero's queue, as its controllers work it: each schedule asks for a backup at its times, unless its last one waits or is
 * prepared; one is prepared at a time, those that wait come in the order they were asked for. What is prepared is copied beside
 * all else that is. Times are seconds.
 */
import { day } from "../model/units.ts";
import { wholeTime } from "../release/backups/times.ts";
import type { BackupWork, Lanes } from "../release/backups/times.ts";
import { copying } from "./copying.ts";
import type { Batch } from "./copying.ts";

export interface Job extends BackupWork {
  readonly name: string;
  readonly every: number;
  /** From midnight to the first time of the day. */
  readonly offset: number;
}

export interface Run {
  readonly job: Job;
  /** When it was asked for, began, was prepared, and was copied at the latest. */
  readonly due: number;
  readonly start: number;
  readonly prepared: number;
  readonly end: number;
}

export interface JobOutcome {
  readonly job: Job;
  /** The most work that is lost when everything is, just before a backup is done; without end when none is ever done. */
  readonly rpo: number;
  /** From one beginning to the next at most: the interval, and what the queue adds. */
  readonly gap: number;
  /** The longest wait. */
  readonly queued: number;
  /** From its beginning until it is copied at most, beside others. */
  readonly takes: number;
  /** Times of a day at which it was left out, as the last one was not done. */
  readonly skipped: number;
}

/**
 * In: jobs whose intervals divide a day, and how many claims are copied at once. Out: what becomes of each, in the same order, once
 * the days are alike. Where they never are, nothing has an end, and nothing is simulated: it would take the longer the more is asked for.
 */
export function simulateQueue(jobs: readonly Job[], lanes: Lanes): JobOutcome[] {
  if (neverCatchesUp(jobs, lanes)) return jobs.map(withoutEnd);
  const times = jobs.map((job) => wholeTime(job, lanes));
  const all = times.reduce((sum, time) => sum + time, 0);
  // A run may wait for all others; as many days as two of each take, and as many again to look at.
  const days = 2 + Math.ceil((2 * (all + Math.max(0, ...times))) / day);
  const { runs, skipped } = runsOf(jobs, { until: 2 * days * day, lanes });
  return jobs.map((job) => {
    const mine = runs.filter((run) => run.job === job && run.end >= (days - 1) * day);
    const starts = mine.slice(1).map(({ start }, index) => start - (mine[index]?.start ?? start));
    const takes = most(mine.map(({ start, end }) => end - start));
    return {
      job,
      // On the average two begin no closer than `every`, even where the days looked at are late together.
      rpo: Math.max(most(lossesOf(mine)), job.every + takes),
      gap: Math.max(job.every, most(starts)),
      queued: most(mine.map(({ start, due }) => start - due)),
      takes,
      skipped: skipped.filter((one) => one.job === job && one.due >= days * day).length / days,
    };
  });
}

const withoutEnd = (job: Job): JobOutcome => ({
  job,
  rpo: Infinity,
  gap: Infinity,
  queued: Infinity,
  takes: Infinity,
  skipped: 0,
});

/** Whether more is asked to be copied than there is time for. What holds the queue waits for itself, and is left out. */
function neverCatchesUp(jobs: readonly Job[], { all, ofNode }: Lanes): boolean {
  const loads = new Map<string, number>();
  const add = (what: string, load: number) => loads.set(what, (loads.get(what) ?? 0) + load);
  for (const { claims, every } of jobs.filter(({ holds }) => !holds))
    for (const { steps, isFixed } of claims)
      for (const { takes, way } of steps) {
        add("nodes", takes / every / all);
        if (isFixed) add("a node", takes / every / ofNode);
        if (way !== undefined) add(way, takes / every);
      }
  return [...loads.values()].some((load) => load >= 1);
}

/** What is lost just before some are done: all since the beginning of the newest that was done by then. */
function lossesOf(runs: readonly Run[]): number[] {
  const done = [...Map.groupBy(runs, ({ end }) => end)].map(([end, together]) => ({
    end,
    newest: together.at(-1)?.start ?? end,
  }));
  return done.slice(1).map(({ end }, index) => end - (done[index]?.newest ?? end));
}

const most = (values: readonly number[]) => (values.length === 0 ? Infinity : Math.max(...values));

/** In: jobs, for how long, how many claims are copied at once. Out: what ran, in order, and what was left out. */
export function runsOf(
  jobs: readonly Job[],
  { until, lanes }: { readonly until: number; readonly lanes: Lanes },
): { readonly runs: readonly Run[]; readonly skipped: readonly { job: Job; due: number }[] } {
  const due = jobs
    .flatMap((job) => timesOf(job, until).map((time) => ({ job, due: time })))
    .sort((a, b) => a.due - b.due || (a.job.name < b.job.name ? -1 : 1));
  const runs: (Omit<Run, "end"> & { readonly batch: Batch })[] = [];
  const skipped: { job: Job; due: number }[] = [];
  const leaves = new Map<Job, number>();
  const copies = copying(lanes);
  /** When the next one can begin. */
  let free = 0;
  for (const one of due) {
    // First come, first served: when it will be done is known when it is asked for.
    if ((leaves.get(one.job) ?? 0) > one.due) {
      skipped.push(one);
      continue;
    }
    const start = Math.max(free, one.due);
    const prepared = start + one.job.prepares;
    copies.goOn(prepared);
    const batch = copies.add(one.job.claims);
    if (one.job.holds) copies.finish(batch);
    free = one.job.holds ? endOf(batch) : prepared;
    leaves.set(one.job, free);
    runs.push({ ...one, start, prepared, batch });
  }
  copies.goOn(Infinity);
  return { runs: runs.map(({ batch, ...run }) => ({ ...run, end: endOf(batch) })), skipped };
}

const endOf = ({ end, late }: Batch) => Math.ceil(end + late);

function timesOf({ every, offset }: Job, until: number): number[] {
  const first = offset % every;
  return Array.from(
    { length: Math.max(0, Math.ceil((until - first) / every)) },
    (_, index) => first + index * every,
  );
}
