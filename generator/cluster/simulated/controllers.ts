/**
 * The controllers the local cluster does not run, as far as `stages/` says. Their kinds come with the charts of an environment,
 * so each stage is applied once the API server has published its kind's schema: kwok gives up on one that has none.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { applyAll, describes, type Api } from "../api.ts";
import { controllerStages, kindOfStage } from "./kwok.ts";

/** Starts them all, now or when their definition is there. Out: the end of waiting for more. */
export async function simulateControllers(api: Api): Promise<() => void> {
  let waiting = controllerStages();
  const stop = new AbortController();
  const applyKnown = async (): Promise<void> => {
    const known = await Promise.all(waiting.map((stage) => describes(api, kindOfStage(stage))));
    await applyAll(
      api,
      waiting.filter((_, index) => known[index]),
    );
    waiting = waiting.filter((_, index) => !known[index]);
  };
  const applyLater = async (): Promise<void> => {
    while (!stop.signal.aborted && waiting.length > 0) {
      await sleep(1_000, undefined, { ref: false });
      // What fails, while the API server is away, is tried again.
      await applyKnown().catch(() => undefined);
    }
  };
  await applyKnown();
  void applyLater();
  return () => stop.abort();
}
