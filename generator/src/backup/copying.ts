/**
 * Claims that are copied: as many at once as nodes do, and what goes one way shares it. Those that wait come in the order in which
 * their backups were prepared. But Velero tries every few seconds, in no order: so each backup may be as late as if its last claim
 * had begun as the last of all that waited with it. Times are seconds.
 */
import type { ClaimWork, Lanes } from "../release/backups/times.ts";

/** The claims of one backup. */
export interface Batch {
  /** Claims that have not begun, and those that are not copied. */
  readonly waiting: number;
  readonly open: number;
  /** When its last claim began, and was copied. */
  readonly lastStart: number;
  readonly end: number;
  /** How much later that may be, as others may come before it. */
  readonly late: number;
}

export interface Copying {
  /** Goes on until then; what is added then comes at that time. */
  readonly goOn: (until: number) => void;
  readonly add: (claims: readonly ClaimWork[]) => Batch;
  /** Goes on until a batch is copied. */
  readonly finish: (batch: Batch) => void;
}

/** A claim in one of its steps, of which so many seconds are left, were it alone. */
interface Copy {
  readonly batch: { -readonly [field in keyof Batch]: Batch[field] };
  readonly claim: ClaimWork;
  step: number;
  left: number;
  way: string | undefined;
}

/** What is left of a number that is no whole one. */
const nothing = 1e-6;

/** In: how many claims are copied at once. Out: nothing is copied yet, at second 0. */
export function copying(lanes: Lanes): Copying {
  let now = 0;
  const queue: Copy[] = [];
  let active: Copy[] = [];
  /** Batches whose last claim began while others waited. */
  let crowd: Copy["batch"][] = [];

  /** The first that can begin; below 0 where none can. */
  const next = (): number => {
    if (active.length >= lanes.all) return -1;
    const isNodeFull = active.filter(({ claim }) => claim.isFixed).length >= lanes.ofNode;
    return queue.findIndex(({ claim }) => !claim.isFixed || !isNodeFull);
  };
  const begin = () => {
    for (let at = next(); at >= 0; at = next())
      for (const copy of queue.splice(at, 1)) {
        active.push(copy);
        copy.batch.waiting -= 1;
        if (copy.batch.waiting > 0) continue;
        copy.batch.lastStart = now;
        crowd.push(copy.batch);
      }
    if (queue.length > 0) return;
    for (const batch of crowd) batch.late = now - batch.lastStart;
    crowd = [];
  };

  /** How many share the way of one. */
  const sharing = ({ way }: Copy): number =>
    way === undefined ? 1 : active.reduce((sum, other) => sum + Number(other.way === way), 0);
  /** To the end of the next step of any, but not past a time. Out: whether there is more before it. */
  const advance = (until: number): boolean => {
    if (active.length === 0 || now >= until) return false;
    const slow = active.map(sharing);
    const passes = active.reduce(
      (least, { left }, index) => Math.min(least, left * (slow[index] ?? 1)),
      until - now,
    );
    now += passes;
    for (const [index, copy] of active.entries()) copy.left -= passes / (slow[index] ?? 1);
    if (!active.some(({ left }) => left <= nothing)) return true;
    const before = active.length;
    active = active.filter((copy) => !isCopied(copy, now));
    if (active.length < before) begin();
    return true;
  };

  return {
    goOn: (until) => {
      let hasMore = advance(until);
      while (hasMore) hasMore = advance(until);
      now = until;
    },
    add: (claims) => {
      const count = claims.length;
      const batch = { waiting: count, open: count, lastStart: now, end: now, late: 0 };
      for (const claim of claims)
        queue.push({
          batch,
          claim,
          step: 0,
          left: claim.steps[0]?.takes ?? 0,
          way: claim.steps[0]?.way,
        });
      begin();
      return batch;
    },
    finish: (batch) => {
      while (batch.open > 0) advance(Infinity);
    },
  };
}

/** Goes on to the step that has something left; whether there is none. */
function isCopied(copy: Copy, now: number): boolean {
  const { batch, claim } = copy;
  while (copy.left <= nothing) {
    copy.step += 1;
    const next = claim.steps[copy.step];
    if (next === undefined) {
      batch.open -= 1;
      batch.end = now;
      return true;
    }
    copy.left = next.takes;
    copy.way = next.way;
  }
  return false;
}
