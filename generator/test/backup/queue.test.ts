/** The queue of backups: single cases a person can reckon, and laws that hold for all. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runsOf, simulateQueue } from "../../src/backup/queue.ts";
import type { Job } from "../../src/backup/queue.ts";

const hour = 3600;
const minute = 60;
const day = 24 * hour;

const job = (more: Partial<Job> = {}): Job => ({
  name: "one",
  every: 2 * hour,
  offset: 0,
  duration: 10 * minute,
  ...more,
});
const rpos = (...jobs: Job[]) => simulateQueue(jobs).map(({ rpo }) => rpo);

describe("a queue", () => {
  test("of one schedule loses the gap and the backup", () => {
    expect(simulateQueue([job()])).toEqual([
      { job: job(), rpo: 130 * minute, gap: 120 * minute, queued: 0, skipped: 0 },
    ]);
  });

  test("of schedules that do not meet is as if each were alone", () => {
    expect(rpos(job(), job({ name: "two", offset: hour }))).toEqual([130 * minute, 130 * minute]);
  });

  test("lets the later one wait, always as long, which costs nothing", () => {
    const [first, second] = simulateQueue([job(), job({ name: "two" })]);
    expect(first).toMatchObject({ queued: 0, rpo: 130 * minute });
    expect(second).toMatchObject({ queued: 10 * minute, rpo: 130 * minute });
  });

  test("adds the wait for a backup that comes only once a day", () => {
    const [two] = simulateQueue([
      job({ offset: hour }),
      job({ name: "daily", every: day, offset: 0.5 * hour, duration: 90 * minute }),
    ]);
    // Due at 1:00, begun at 2:00, while the one before began at 23:00.
    expect(two).toMatchObject({ queued: hour, gap: 3 * hour, rpo: 3 * hour + 10 * minute });
  });

  test("leaves out what is asked for while the last one is not done", () => {
    const [slow] = simulateQueue([job({ every: hour, duration: 90 * minute })]);
    expect(slow).toMatchObject({ gap: 2 * hour, rpo: 3.5 * hour, skipped: 12 });
  });

  test("asks again at the very second a backup ends", () => {
    expect(simulateQueue([job({ every: hour, duration: hour })])[0]).toMatchObject({
      skipped: 0,
      rpo: 2 * hour,
    });
  });

  test("of nothing is empty", () => {
    expect(simulateQueue([])).toEqual([]);
  });
});

const intervals = [
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  4 * hour,
  6 * hour,
  12 * hour,
  day,
];
const anyJobs = fc
  .array(
    fc.record({
      every: fc.constantFrom(...intervals),
      offset: fc.integer({ min: 0, max: 24 * 60 - 1 }).map((minutes) => minutes * minute),
      duration: fc.integer({ min: 1, max: 5 * 60 }).map((minutes) => minutes * minute),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) => list.map((one, index) => job({ ...one, name: `job-${index}` })));
/** Those for which there is time. */
const lightJobs = anyJobs.filter(
  (jobs) => jobs.reduce((sum, { duration, every }) => sum + duration / every, 0) < 0.9,
);

describe("whatever the schedules are", () => {
  test("one backup runs at a time, in the order they were asked for, and none waits while nothing runs", () => {
    fc.assert(
      fc.property(anyJobs, (jobs) => {
        const { runs } = runsOf(jobs, 3 * day);
        let free = 0;
        let due = 0;
        for (const run of runs) {
          expect(run.due).toBeGreaterThanOrEqual(due);
          expect(run.start).toBe(Math.max(free, run.due));
          expect(run.end - run.start).toBe(run.job.duration);
          free = run.end;
          due = run.due;
        }
      }),
    );
  });

  test("everything asked for runs or is left out, and it is left out only while the last one is not done", () => {
    fc.assert(
      fc.property(anyJobs, (jobs) => {
        const { runs, skipped } = runsOf(jobs, 3 * day);
        for (const one of jobs) {
          const mine = runs.filter(({ job: { name } }) => name === one.name);
          const left = skipped.filter(({ job: { name } }) => name === one.name);
          expect(mine.length + left.length).toBe(
            Math.ceil((3 * day - (one.offset % one.every)) / one.every),
          );
          for (const { due } of left)
            expect(mine.some((run) => run.due < due && run.end > due)).toBe(true);
        }
      }),
    );
  });

  test("no less is lost than the interval and the backup", () => {
    fc.assert(
      fc.property(anyJobs, (jobs) => {
        for (const {
          job: { every, duration },
          rpo,
        } of simulateQueue(jobs))
          expect(rpo).toBeGreaterThanOrEqual(every + duration);
      }),
    );
  });

  test("no more is lost than the interval, the wait and the backup, where none is left out", () => {
    fc.assert(
      fc.property(lightJobs, (jobs) => {
        for (const {
          job: { every, duration },
          rpo,
          queued,
          skipped,
          gap,
        } of simulateQueue(jobs)) {
          expect(rpo).toBe(gap + duration);
          if (skipped === 0) expect(rpo).toBeLessThanOrEqual(every + queued + duration);
        }
      }),
    );
  });

  test("the order in which they are written does not matter", () => {
    fc.assert(
      fc.property(anyJobs, (jobs) => {
        expect(simulateQueue(jobs.toReversed()).toReversed()).toEqual(simulateQueue(jobs));
      }),
    );
  });

  test("a queue in which all takes twice as long loses twice as much", () => {
    fc.assert(
      fc.property(lightJobs, (jobs) => {
        // Only where a doubled interval divides a day again.
        const slow = jobs.filter(({ every }) => day % (2 * every) === 0);
        const double = slow.map(({ name, every, offset, duration }) => ({
          name,
          every: 2 * every,
          offset: 2 * (offset % every),
          duration: 2 * duration,
        }));
        const before = slow.map((one) => ({ ...one, offset: one.offset % one.every }));
        expect(rpos(...double)).toEqual(rpos(...before).map((rpo) => 2 * rpo));
      }),
    );
  });

  test("it does not matter when the day begins", () => {
    fc.assert(
      fc.property(lightJobs, fc.integer({ min: 0, max: 23 }), (jobs, hours) => {
        const later = jobs.map((one) => ({ ...one, offset: one.offset + hours * hour }));
        // What is asked for in the same second comes by name, on any day.
        expect(rpos(...later)).toEqual(rpos(...jobs));
      }),
    );
  });
});
