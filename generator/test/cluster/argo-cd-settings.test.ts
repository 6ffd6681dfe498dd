/** What the local Argo CD is told: what the values of its service say, and nothing that is written down a second time. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import argoCd from "../../../charts/services/argo-cd/values.ts";
import { applicationController } from "../../cluster/argo-cd/processes.ts";
import { controllerVariables } from "../../cluster/argo-cd/settings.ts";
import type { Release } from "../../src/model/platform.ts";
import { at } from "../../src/model/reading.ts";

const releaseOf = (values: unknown, kind = "chart") =>
  ({ service: { kind, spec: { chart: { values } } } }) as unknown as Release;
const configs = {
  cm: { "timeout.reconciliation": "90s", "other.key": "1" },
  params: { "controller.sync.timeout.seconds": 60, "server.insecure": true },
};

test("time-outs are those of its values", () => {
  expect(controllerVariables(releaseOf({ configs }))).toEqual({
    ARGOCD_RECONCILIATION_TIMEOUT: "90s",
    ARGOCD_APPLICATION_CONTROLLER_SYNC_TIMEOUT: "60",
  });
});

test("what a proof wants otherwise is said instead, or beside", () => {
  const controller = { ARGOCD_RECONCILIATION_TIMEOUT: "5s", OTHER: "x" };
  expect(controllerVariables(releaseOf({ configs }), { controller })).toEqual({
    ARGOCD_RECONCILIATION_TIMEOUT: "5s",
    ARGOCD_APPLICATION_CONTROLLER_SYNC_TIMEOUT: "60",
    OTHER: "x",
  });
});

test.for([
  ["values that say none", releaseOf({ configs: { cm: {} } })],
  ["no values", releaseOf(undefined)],
  ["a service that is no chart", releaseOf({ configs }, "service")],
] as const)("Argo CD has its own with %s", ([, release]) => {
  expect(controllerVariables(release)).toEqual({});
});

test("the shipped service says both, and no flag of the controller says another thing", () => {
  const settings = controllerVariables(releaseOf(at(argoCd.spec, "chart", "values")));
  expect(Object.keys(settings)).toHaveLength(2);
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-argo-cd-"));
  const ports = { redis: 1, repoServer: 2, repoServerMetrics: 3, controllerMetrics: 4 };
  const { environment, args } = applicationController("x", "y", { folder, ports }, settings);
  rmSync(folder, { recursive: true });
  expect(environment).toMatchObject(settings);
  expect(args.filter((flag) => /^--(app-resync|sync-timeout)=/.test(flag))).toEqual([]);
});
