/** What a person does where the API server refuses what a migration lets through. */
import { expect, test } from "vitest";
import { byHandText } from "../commands/by-hand-text.ts";
import type { Release } from "../model/platform.ts";
import type { ProblemCode } from "../problems/codes.ts";
import { byHand } from "./by-hand.ts";

const release = { facts: { name: "prod", clusterName: "home" } } as Release;
const metadata = { namespace: "apps-a" };

test.for<{ code?: ProblemCode; kind: string; spec?: object; commands: readonly string[] }>([
  {
    kind: "persistentvolumeclaim",
    spec: { storageClassName: "longhorn" },
    commands: ["kubectl delete persistentvolumeclaim a --namespace apps-a"],
  },
  {
    kind: "persistentvolumeclaim",
    spec: { storageClassName: "", volumeName: "apps-a-films" },
    commands: [
      "kubectl delete persistentvolumeclaim a --namespace apps-a",
      "kubectl delete persistentvolume apps-a-films",
    ],
  },
  {
    kind: "cluster",
    commands: ["kubectl delete cluster.postgresql.cnpg.io a --namespace apps-a"],
  },
  {
    kind: "statefulset",
    commands: ["kubectl delete statefulset.apps a --namespace apps-a --cascade=orphan"],
  },
  {
    code: "FROZEN_SELECTOR",
    kind: "statefulset",
    commands: ["kubectl delete statefulset.apps a --namespace apps-a"],
  },
  {
    code: "FROZEN_SELECTOR",
    kind: "deployment",
    commands: ["kubectl delete deployment.apps a --namespace apps-a"],
  },
])("$kind: $commands", ({ code = "FROZEN_CLAIM", kind, spec = {}, commands }) => {
  const step = byHand(code, { release, kind, name: "a" }, { metadata, spec });
  expect(step.commands).toEqual(commands);
});

test("a volume of a share goes with its claim", () => {
  const spec = { claimRef: { namespace: "apps-a", name: "films" } };
  const step = byHand(
    "FROZEN_CLAIM",
    { release, kind: "persistentvolume", name: "apps-a-films" },
    { spec },
  );
  expect(step.commands).toEqual([
    "kubectl delete persistentvolumeclaim films --namespace apps-a",
    "kubectl delete persistentvolume apps-a-films",
  ]);
});

test("several fields of one object are one step", () => {
  const step = byHand("FROZEN_CLAIM", { release, kind: "statefulset", name: "a" }, { metadata });
  expect(byHandText([step, step]).match(/kubectl delete/g)).toHaveLength(1);
  expect(byHandText([])).toBe("");
});
