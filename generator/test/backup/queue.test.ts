/** The queue of backups: single cases a person can reckon, and laws that hold for all. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runsOf as runsUntil, simulateQueue as simulate } from "../../src/backup/queue.ts";
import type { Job } from "../../src/backup/queue.ts";
import type { ClaimWork } from "../../src/release/backups/times.ts";

const hour = 3600;
const minute = 60;
const day = 24 * hour;

const lanes = { all: 4, ofNode: 2 };
const runsOf = (jobs: readonly Job[], until: number) => runsUntil(jobs, { until, lanes });
const simulateQueue = (jobs: readonly Job[]) => simulate(jobs, lanes);

/** One with nothing to copy, unless said. */
const job = (more: Partial<Job> = {}): Job => ({
  name: "one",
  every: 2 * hour,
  offset: 0,
  prepares: 10 * minute,
  claims: [],
  holds: false,
  ...more,
});
const rpos = (...jobs: Job[]) => simulateQueue(jobs).map(({ rpo }) => rpo);

describe("a queue", () => {
  test("of one schedule loses the gap and the backup", () => {
    expect(simulateQueue([job()])).toEqual([
      {
        job: job(),
        rpo: 130 * minute,
        gap: 120 * minute,
        queued: 0,
        takes: 10 * minute,
        skipped: 0,
      },
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
      job({ name: "daily", every: day, offset: 0.5 * hour, prepares: 90 * minute }),
    ]);
    // Due at 1:00, begun at 2:00, while the one before began at 23:00.
    expect(two).toMatchObject({ queued: hour, gap: 3 * hour, rpo: 3 * hour + 10 * minute });
  });

  test("leaves out what is asked for while the last one is not done", () => {
    const [slow] = simulateQueue([job({ every: hour, prepares: 90 * minute })]);
    expect(slow).toMatchObject({ gap: 2 * hour, rpo: 3.5 * hour, skipped: 12 });
  });

  test("asks again at the very second a backup ends", () => {
    expect(simulateQueue([job({ every: hour, prepares: hour })])[0]).toMatchObject({
      skipped: 0,
      rpo: 2 * hour,
    });
  });

  test("of nothing is empty", () => {
    expect(simulateQueue([])).toEqual([]);
  });
});

/** A claim that takes so long alone, and then so long of its way. */
const claim = (alone: number, more: Partial<ClaimWork> & { goes?: number } = {}): ClaimWork => ({
  steps: [
    { takes: alone },
    ...(more.goes === undefined ? [] : [{ takes: more.goes, way: "location main" }]),
  ],
  isFixed: more.isFixed ?? false,
});
const claims = (count: number, one: ClaimWork) => Array.from({ length: count }, () => one);
const ends = (...jobs: Job[]) => runsOf(jobs, hour).runs.map(({ end }) => end);

describe("what is copied", () => {
  const copied = (more: Partial<Job>) => job({ prepares: minute, every: day, ...more });

  test("is copied side by side, as many claims at once as nodes do", () => {
    expect(ends(copied({ claims: claims(4, claim(100)) }))).toEqual([160]);
    expect(ends(copied({ claims: claims(5, claim(100)) }))).toEqual([260]);
  });

  test("is copied by one node where it can be nowhere else, beside what can be anywhere", () => {
    const fixed = claims(4, claim(100, { isFixed: true }));
    expect(ends(copied({ claims: fixed }))).toEqual([260]);
    expect(ends(copied({ claims: [...fixed, ...claims(4, claim(100))] }))).toEqual([260]);
  });

  test("shares its way, and no other's", () => {
    expect(ends(copied({ claims: claims(4, claim(10, { goes: 100 })) }))).toEqual([470]);
    expect(ends(copied({ claims: [...claims(2, claim(10, { goes: 100 })), claim(300)] }))).toEqual([
      360,
    ]);
  });

  test("lets the next one be prepared meanwhile, if it is snapshots", () => {
    const [one, two] = runsOf(
      [copied({ claims: [claim(hour)] }), copied({ name: "two", offset: minute })],
      hour,
    ).runs;
    expect(one).toMatchObject({ prepared: minute, end: hour + minute });
    expect(two).toMatchObject({ start: minute, end: 2 * minute });
  });

  test("makes the next one wait, if it is files", () => {
    const [one, two] = runsOf(
      [copied({ claims: [claim(hour)], holds: true }), copied({ name: "two", offset: minute })],
      hour,
    ).runs;
    expect(one).toMatchObject({ prepared: minute, end: hour + minute });
    expect(two).toMatchObject({ due: minute, start: hour + minute });
  });

  test("may come after all that waits beside it, as nobody says whose turn it is", () => {
    const first = copied({ claims: claims(8, claim(100)) });
    const second = copied({ name: "two", offset: 60, claims: claims(4, claim(100)) });
    // Alone 60 to 260. The second is there at 120, and begins in place of the last of the first, which begin at 260.
    expect(ends(first, second)).toEqual([360, 360]);
    expect(
      ends(first, copied({ name: "two", offset: 300, claims: claims(4, claim(100)) })),
    ).toEqual([260, 460]);
  });

  test("does not wait for slow ones that leave room", () => {
    const slow = copied({ claims: claims(3, claim(hour)) });
    expect(ends(slow, copied({ name: "two", offset: 60, claims: [claim(100)] }))).toEqual([
      hour + minute,
      220,
    ]);
  });

  test("counts until it is copied: what is lost is as old as the beginning of the one before", () => {
    const [one] = simulateQueue([job({ claims: claims(5, claim(10 * minute)) })]);
    expect(one).toMatchObject({ gap: 2 * hour, takes: 30 * minute, rpo: 2.5 * hour });
  });

  test("is not what comes back while the next one is copied with it", () => {
    // Each takes two hours and a bit: two are always under way, and the older one is done only when the newer one has begun.
    const [one] = simulateQueue([job({ prepares: minute, claims: [claim(150 * minute)] })]);
    expect(one).toMatchObject({ gap: 2 * hour, rpo: 271 * minute });
  });

  test("never ends where more is asked for than nodes, a node or a way can do", () => {
    const often = (one: ClaimWork, count: number) =>
      simulateQueue([job({ every: hour, claims: claims(count, one) })])[0]?.rpo;
    expect(often(claim(hour), 3)).toBeLessThan(Infinity);
    expect(often(claim(hour), 4)).toBe(Infinity);
    expect(often(claim(hour, { isFixed: true }), 2)).toBe(Infinity);
    expect(often(claim(minute, { goes: 30 * minute }), 1)).toBeLessThan(Infinity);
    expect(often(claim(minute, { goes: 30 * minute }), 2)).toBe(Infinity);
  });

  test("is not simulated where it never ends: nothing of its queue has an end", () => {
    const one = job({ every: hour, claims: claims(4, claim(hour)) });
    const light = job({ name: "two" });
    const endless = { rpo: Infinity, gap: Infinity, queued: Infinity, takes: Infinity, skipped: 0 };
    expect(simulateQueue([one, light])).toEqual([
      { job: one, ...endless },
      { job: light, ...endless },
    ]);
    // Days without number, which nobody could wait for.
    expect(rpos(job({ claims: claims(4, claim(1e9 * day)) }))).toEqual([Infinity]);
  });

  test("waits for itself where it is files, however much it is", () => {
    const [one] = simulateQueue([
      job({ every: hour, holds: true, claims: claims(4, claim(2 * hour)) }),
    ]);
    expect(one?.rpo).toBeLessThan(Infinity);
    expect(one?.skipped).toBeGreaterThan(0);
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
      prepares: fc.integer({ min: 1, max: 5 * 60 }).map((minutes) => minutes * minute),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) => list.map((one, index) => job({ ...one, name: `job-${index}` })));
/** Those for which there is time. */
const lightJobs = anyJobs.filter(
  (jobs) => jobs.reduce((sum, { prepares, every }) => sum + prepares / every, 0) < 0.9,
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
          expect(run.end - run.start).toBe(run.job.prepares);
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
          job: { every, prepares },
          rpo,
        } of simulateQueue(jobs))
          expect(rpo).toBeGreaterThanOrEqual(every + prepares);
      }),
    );
  });

  test("no more is lost than the interval, the wait and the backup, where none is left out", () => {
    fc.assert(
      fc.property(lightJobs, (jobs) => {
        for (const {
          job: { every, prepares },
          rpo,
          queued,
          skipped,
          gap,
        } of simulateQueue(jobs)) {
          expect(rpo).toBe(gap + prepares);
          if (skipped === 0) expect(rpo).toBeLessThanOrEqual(every + queued + prepares);
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
        const double = slow.map((one) => ({
          ...one,
          every: 2 * one.every,
          offset: 2 * (one.offset % one.every),
          prepares: 2 * one.prepares,
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
