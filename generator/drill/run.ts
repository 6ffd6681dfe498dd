/** All services in turn, each with its result, whatever happened to the one before. */
import type { DrillPlan, DrillTarget } from "../src/model/drill-plan.ts";
import { clean } from "./clean.ts";
import { drill } from "./drill.ts";
import type { Passed } from "./drill.ts";
import { DrillFailure } from "./failure.ts";
import { keyOf, readResults, record } from "./results.ts";
import type { Result, Results } from "./results.ts";
import type { World } from "./world.ts";

/** Returns whether every service passed. `run` is the same when it is started again after it was killed. */
export async function runDrills(world: World, plan: DrillPlan, run: string): Promise<boolean> {
  const results = await readResults(world, plan);
  const mine = new Set(plan.targets.map(keyOf));
  let passed = Object.entries(results).every(
    ([key, result]) => !mine.has(key) || result.run !== run || result.passed,
  );
  // Those that were not tried for longest come first: a drill that never gets to its end still gets to all.
  const due = plan.targets
    .filter((target) => results[keyOf(target)]?.run !== run)
    .sort((a, b) => lastTried(results, a) - lastTried(results, b));
  let stuck = await failureOf(() => clean(world, plan));
  for (const target of due) {
    const begun = world.now();
    const outcome = stuck ?? (await outcomeOf(world, plan, target, results[keyOf(target)]));
    if (stuck === undefined) stuck = await failureOf(() => clean(world, plan));
    // What could not be cleaned up is told as the failure of whose it is.
    const end = stuck === undefined || outcome === stuck ? outcome : worse(outcome, stuck);
    const result = resultOf({ world, target, run, begun, end, before: results[keyOf(target)] });
    passed &&= result.passed;
    await record(world, plan, result);
    if (world.stopped()) return false;
    // An API server that was away may be back; what is stuck stays so.
    if (stuck?.reason === "ApiServer") stuck = await failureOf(() => clean(world, plan));
    if (stuck?.reason !== "ApiServer") stuck &&= inTheWay(stuck);
  }
  return passed && stuck === undefined;
}

const inTheWay = (stuck: DrillFailure): DrillFailure =>
  stuck.reason === "NotReached"
    ? stuck
    : new DrillFailure("NotReached", `an earlier service is in the way: ${stuck.message}`);

const lastTried = (results: Results, target: DrillTarget) => results[keyOf(target)]?.at ?? 0;

const outcomeOf = (
  world: World,
  plan: DrillPlan,
  target: DrillTarget,
  before: Result | undefined,
): Promise<Passed | DrillFailure> => settled(() => drill(world, plan, target, before?.inventory));

async function failureOf(act: () => Promise<void>): Promise<DrillFailure | undefined> {
  const end = await settled(act);
  return end instanceof DrillFailure ? end : undefined;
}

/** An API server that refuses or is away ends a drill, not the program. */
async function settled<T>(act: () => Promise<T>): Promise<T | DrillFailure> {
  try {
    return await act();
  } catch (error) {
    return error instanceof DrillFailure
      ? error
      : new DrillFailure("ApiServer", error instanceof Error ? error.message : String(error));
  }
}

/** Both are told; data that is wrong matters more. */
const worse = (outcome: Passed | DrillFailure, stuck: DrillFailure): DrillFailure =>
  outcome instanceof DrillFailure
    ? new DrillFailure(outcome.reason, `${outcome.message}; ${stuck.message}`)
    : stuck;

interface Ended {
  readonly world: World;
  readonly target: DrillTarget;
  readonly run: string;
  readonly begun: number;
  readonly end: Passed | DrillFailure;
  readonly before: Result | undefined;
}

function resultOf({ world, target, run, begun, end, before }: Ended): Result {
  const at = Math.round(world.now() / 1000);
  const seconds = Math.round((world.now() - begun) / 1000);
  const { environment, service } = target;
  const common = { environment, service, run, at, seconds };
  if (!(end instanceof DrillFailure))
    return {
      ...common,
      passed: true,
      passedAt: at,
      message: `restored and looked at in ${seconds} s`,
      backupAge: end.backupAge,
      inventory: end.inventory,
    };
  return {
    ...common,
    passed: false,
    reason: end.reason,
    message: end.message.slice(0, 2000),
    ...(before?.passedAt === undefined ? {} : { passedAt: before.passedAt }),
    ...(before?.inventory === undefined ? {} : { inventory: before.inventory }),
  };
}
