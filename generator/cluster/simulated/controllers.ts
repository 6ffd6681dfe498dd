/**
 * The controllers the local cluster does not run, as far as `stages/` says. Their kinds come with the charts of an environment,
 * so each stage is applied once the API server knows its kind: kwok gives up on one it does not know.
 */
import type { Api } from "../api.ts";
import { applyAll } from "../api.ts";
import { controllerStages, kindOfStage } from "./kwok.ts";

/** Starts them all, now or when their definition is there. Out: the end of waiting for more. */
export async function simulateControllers(api: Api): Promise<() => void> {
  const waiting = new Map(controllerStages().map((stage) => [stage.metadata.name, stage]));
  const applyKnown = async (): Promise<void> => {
    for (const [name, stage] of waiting) {
      const isKnown = await api
        .pathOf({ ...kindOfStage(stage), metadata: { name } })
        .catch(() => undefined);
      if (isKnown === undefined || !waiting.delete(name)) continue;
      await applyAll(api, [stage]);
    }
  };
  await applyKnown();
  let isStopped = false;
  let pending = Promise.resolve();
  const stop = api.watch("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", () => {
    // One after the other: many definitions come at once. What fails is tried with the next event.
    if (!isStopped && waiting.size > 0) pending = pending.then(applyKnown).catch(() => undefined);
  });
  return () => {
    isStopped = true;
    stop();
  };
}
