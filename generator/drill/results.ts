/**
 * What came of it: kept in a ConfigMap, one key a service, from which metrics are made and with which the next drill
 * compares; and told as an Event. It is written after each service, so that a drill that is killed loses one at most.
 */
import type { DrillPlan, DrillTarget } from "../src/model/drill-plan.ts";
import { ApiError, create, find, mergePatch } from "./api.ts";
import type { Inventory } from "./check/findings.ts";
import type { Reason } from "./failure.ts";
import { core } from "./paths.ts";
import type { World } from "./world.ts";

export interface Result {
  readonly environment: string;
  readonly service: string;
  /** Which run it is of: the Job, so that one that is started again does not begin anew. */
  readonly run: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly passed: boolean;
  readonly passedAt?: number;
  readonly reason?: Reason;
  readonly message: string;
  readonly seconds: number;
  /** Age of the data when it was restored. */
  readonly backupAge?: number;
  /** By volume, of the last drill that passed. */
  readonly inventory?: Readonly<Record<string, Inventory>>;
}

export type Results = Readonly<Record<string, Result>>;

export const keyOf = ({ environment, service }: Pick<DrillTarget, "environment" | "service">) =>
  `${environment}.${service}`;

const nameOf = ({ service }: DrillPlan) => `${service}-results`;

const place = (plan: DrillPlan) => `${core(plan.namespace, "configmaps")}/${nameOf(plan)}`;

export async function readResults({ server }: World, plan: DrillPlan): Promise<Results> {
  const found = await find<{ data?: Record<string, string> }>(server, place(plan));
  return Object.fromEntries(
    Object.entries(found?.data ?? {}).flatMap(([key, text]) => {
      const result = parsed(text);
      return result === undefined ? [] : [[key, result]];
    }),
  );
}

/** What somebody broke by hand is as good as absent. */
function parsed(text: string): Result | undefined {
  try {
    return JSON.parse(text) as Result;
  } catch {
    return undefined;
  }
}

export async function record(world: World, plan: DrillPlan, result: Result): Promise<void> {
  const { namespace } = plan;
  const data = { [keyOf(result)]: JSON.stringify(result) };
  try {
    await mergePatch(world.server, place(plan), { data });
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
    await create(world.server, core(namespace, "configmaps"), {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: nameOf(plan), namespace },
      data,
    });
  }
  await tellEvent(world, plan, result);
  world.say({ ...result, inventory: undefined });
}

/** Events go after an hour, and one that cannot be written is no failed drill. */
async function tellEvent(
  world: World,
  { service, namespace }: DrillPlan,
  result: Result,
): Promise<void> {
  const time = new Date(world.now()).toISOString();
  const kind = result.passed ? "RestoreDrillPassed" : "RestoreDrillFailed";
  try {
    await create(world.server, core(namespace, "events"), {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: `${service}.${keyOf(result)}.${world.now().toString(16)}`, namespace },
      involvedObject: { apiVersion: "batch/v1", kind: "CronJob", name: service, namespace },
      type: result.passed ? "Normal" : "Warning",
      reason: kind,
      message: `${keyOf(result)}: ${result.message}`.slice(0, 1024),
      source: { component: service },
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
    });
  } catch (error) {
    world.say({ warning: "the event was not written", because: String(error) });
  }
}
