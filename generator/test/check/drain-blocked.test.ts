import { expect, test } from "vitest";
import { deployment, findings, messages, object, podSpec, rendered } from "./builder.ts";
import type { Tree } from "./builder.ts";

const code = "MANIFEST_DRAIN_BLOCKED";
const matchLabels = { "app.kubernetes.io/name": "sonarr" };
const budget = (spec: Tree, name = "side") =>
  object("policy/v1", "PodDisruptionBudget", name, {
    spec: { selector: { matchLabels }, ...spec },
  });
const pods = (replicas?: number) =>
  deployment(podSpec(), replicas === undefined ? {} : { replicas });
const scaler = (spec: Tree) =>
  object("autoscaling/v2", "HorizontalPodAutoscaler", "sonarr", {
    spec: { scaleTargetRef: { kind: "Deployment", name: "sonarr" }, ...spec },
  });
/** With a budget that the service brings under `side`. */
const found = (...all: readonly Tree[]) =>
  findings(
    code,
    rendered(all, {
      spec: { objects: { side: { apiVersion: "policy/v1", kind: "PodDisruptionBudget" } } },
    }),
  );

test("a budget that keeps the only pod is told at what it says", () => {
  expect(found(pods(), budget({ minAvailable: 1 }))).toMatchObject([
    {
      severity: "error",
      message: "PodDisruptionBudget side: its only pod may never go, so its node cannot be drained",
      keys: ["objects", "side", "spec", "minAvailable"],
      found: "minAvailable: 1",
      fix: expect.stringContaining("disruption of the component"),
    },
  ]);
});

test.for<[string, Tree, Tree, number]>([
  ["as many as there are", { minAvailable: 3 }, pods(3), 1],
  ["one fewer", { minAvailable: 2 }, pods(3), 0],
  ["all of them, in percent", { minAvailable: "100%" }, pods(3), 1],
  ["so many that it rounds up to all", { minAvailable: "90%" }, pods(3), 1],
  ["half of them", { minAvailable: "50%" }, pods(2), 0],
  ["half of one is one", { minAvailable: "50%" }, pods(1), 1],
  ["none may be missing", { maxUnavailable: 0 }, pods(3), 1],
  ["none, in percent", { maxUnavailable: "0%" }, pods(3), 1],
  ["one percent rounds up to one pod", { maxUnavailable: "1%" }, pods(3), 0],
  ["one may be missing", { maxUnavailable: 1 }, pods(1), 0],
  ["while nothing runs", { minAvailable: 1 }, pods(0), 0],
  ["other pods", { minAvailable: 1, selector: { matchLabels: { a: "b" } } }, pods(1), 0],
  [
    "expressions are not judged",
    { minAvailable: 1, selector: { matchExpressions: [] } },
    pods(1),
    0,
  ],
  ["no selector is no pod", { minAvailable: 1, selector: undefined }, pods(1), 0],
  ["an empty selector is every pod", { minAvailable: 1, selector: {} }, pods(1), 1],
])("%s", ([, spec, workload, times]) => {
  expect(found(workload, budget(spec))).toHaveLength(times);
});

test("what an autoscaler may take away does not count", () => {
  expect(found(pods(), scaler({ minReplicas: 3 }), budget({ minAvailable: 2 }))).toEqual([]);
  expect(found(pods(3), scaler({}), budget({ minAvailable: 1 }))).toHaveLength(1);
});

test("a patch of the pods may make a derived budget one that lets none go", () => {
  const patches = { "deployment/sonarr": { spec: { replicas: 2 } } };
  const release = rendered([pods(2), budget({ minAvailable: 2 }, "sonarr")], { spec: { patches } });
  expect(findings(code, release)).toMatchObject([{ keys: ["disruption"] }]);
});

test("a second budget for the same pods is told, at the one that the service brings", () => {
  const derived = budget({ maxUnavailable: 1 }, "sonarr");
  const problems = found(pods(2), derived, budget({ maxUnavailable: 1 }));
  expect(problems).toMatchObject([{ keys: ["objects", "side", "spec", "selector"] }]);
  expect(messages(problems)).toEqual([
    "PodDisruptionBudget side: PodDisruptionBudget sonarr is for the same pods, and Kubernetes evicts no pod that two budgets are for",
  ]);
});

test("one of a chart is advice, at its values", () => {
  const release = rendered([pods(), budget({ minAvailable: 1 })], { vendored: true });
  expect(findings(code, release)).toMatchObject([{ severity: "warning", path: "chart.values" }]);
});
