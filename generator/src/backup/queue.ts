/**
 * Velero's queue, as its controllers work it: each schedule asks for a backup at its times, unless its last one waits
 * or runs; one backup runs at a time, those that wait come in the order they were asked for. Times are seconds.
 */
import { day } from "../model/units.ts";

export interface Job {
  readonly name: string;
  readonly every: number;
  /** From midnight to the first time of the day. */
  readonly offset: number;
  readonly duration: number;
}

export interface Run {
  readonly job: Job;
  /** When it was asked for, began, and was done. */
  readonly due: number;
  readonly start: number;
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
  /** Times of a day at which it was left out, as the last one was not done. */
  readonly skipped: number;
}

/** In: jobs whose intervals divide a day. Out: what becomes of each, in the same order, once the days are alike. */
export function simulateQueue(jobs: readonly Job[]): JobOutcome[] {
  const longest = Math.max(0, ...jobs.map(({ duration }) => duration));
  const all = jobs.reduce((sum, { duration }) => sum + duration, 0);
  // A run may wait for all others; as many days as two of each take, and as many again to look at.
  const days = 2 + Math.ceil((2 * (all + longest)) / day);
  const { runs, skipped } = runsOf(jobs, 2 * days * day);
  return jobs.map((job) => {
    const mine = runs.filter((run) => run.job === job && run.end >= (days - 1) * day);
    const pairs = mine.slice(1).map((run, index) => ({ run, before: mine[index] ?? run }));
    // On the average two begin no closer than `every`, even where the days looked at are late together.
    const gap = Math.max(job.every, most(pairs.map(({ run, before }) => run.start - before.start)));
    return {
      job,
      rpo: gap + job.duration,
      gap,
      queued: most(mine.map(({ start, due }) => start - due)),
      skipped: skipped.filter((one) => one.job === job && one.due >= days * day).length / days,
    };
  });
}

const most = (values: readonly number[]) => (values.length === 0 ? Infinity : Math.max(...values));

/** In: jobs, and for how long. Out: what ran, in order, and what was left out. */
export function runsOf(
  jobs: readonly Job[],
  until: number,
): { readonly runs: readonly Run[]; readonly skipped: readonly { job: Job; due: number }[] } {
  const due = jobs
    .flatMap((job) => timesOf(job, until).map((time) => ({ job, due: time })))
    .sort((a, b) => a.due - b.due || (a.job.name < b.job.name ? -1 : 1));
  const runs: Run[] = [];
  const skipped: { job: Job; due: number }[] = [];
  const lastEnd = new Map<Job, number>();
  let free = 0;
  for (const one of due) {
    // First come, first served: when it will be done is known when it is asked for.
    if ((lastEnd.get(one.job) ?? 0) > one.due) {
      skipped.push(one);
      continue;
    }
    const start = Math.max(free, one.due);
    const end = start + one.job.duration;
    runs.push({ ...one, start, end });
    lastEnd.set(one.job, end);
    free = end;
  }
  return { runs, skipped };
}

function timesOf({ every, offset }: Job, until: number): number[] {
  const first = offset % every;
  return Array.from(
    { length: Math.max(0, Math.ceil((until - first) / every)) },
    (_, index) => first + index * every,
  );
}
