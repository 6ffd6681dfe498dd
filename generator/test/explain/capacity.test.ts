/**
 * Causes are exact: without a fact, what names it as a cause is gone or has other words, nothing else changes, and what is new or
 * has changed names the absence.
 */
import { describe, expect, test } from "vitest";
import type { Cause } from "../../src/model/derived.ts";
import { asTree } from "../../src/model/data.ts";
import { rules } from "../../src/model/rules.ts";
import { capacityConsequences } from "../../src/explain/capacity.ts";
import { causeText } from "../../src/explain/text.ts";
import type { Consequence } from "../../src/explain/consequence.ts";
import { build } from "../model-leaves/build.ts";
import type { Fragment } from "../model-leaves/fixture.ts";
import { chart, component, composed, scene, sceneWith, service } from "../model-leaves/scene.ts";
import { without } from "../support/without.ts";

const image = "registry.example.com/app:1.0.0";
const health = { exec: ["true"] };
const beside = { image, health, size: "tiny" };

const job = { apiVersion: "batch/v1", kind: "Job", metadata: {} };
const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: {} };
const pods = { server: { pods: { app: "app" } } };

const services: Readonly<Record<string, Fragment>> = {
  plain: service(),
  said: service({
    ...component,
    size: "small",
    replicas: 2,
    disruption: { miss: 1 },
    priority: "tier-media",
    quota: { pods: 20 },
  }),
  large: service({ ...component, resources: { cpu: "1", memory: "2Gi" }, replicas: 1 }),
  scaled: service({ ...component, scale: { min: 2, max: 6, cpu: 80 }, disruption: { keep: 1 } }),
  stateful: service({ ...component, runs: { as: "statefulSet" }, replicas: 3 }),
  everywhere: service({ ...component, runs: { as: "daemonSet" } }),
  scheduled: service({ image, runs: { as: "schedule", cron: "0 4 * * *", endsWithin: "15m" } }),
  stopped: service({ ...component, stopped: true, quota: { pods: 20 }, size: "large" }),
  device: service({ ...component, gpu: { plugin: "nvidia.com/gpu" } }),
  beside: service({
    ...component,
    objects: { extra: job },
  }),
  besideSeveral: service({ ...component, objects: { extra: job, other: job, notes: configMap } }),
  besideOne: service({ ...component, objects: { extra: job, notes: configMap } }),
  besideSaid: service({ ...component, objects: { extra: job }, quota: { pods: 20 } }),
  besideStopped: service({ ...component, objects: { extra: job }, stopped: true }),
  paused: service({ ...component, stopped: true }),
  patched: service({
    ...component,
    patches: {
      "deployment/app": { spec: { replicas: 2 } },
      "service/app": { metadata: { labels: { example: "yes" } } },
    },
  }),
  chart: chart(pods),
  chartSaid: chart(pods, { quota: { pods: 20 } }),
  configured: service({
    ...component,
    objects: { extra: configMap },
    patches: { "deployment/app": { spec: { minReadySeconds: 5 } } },
  }),
  claimed: service({ ...component, gpu: { claim: "gpu.intel.com" } }),
  several: composed({
    server: {
      ...component,
      size: "large",
      sidecars: { vpn: beside, proxy: { image, health } },
      init: { first: { image, size: "xlarge" } },
      replicas: 3,
      disruption: { keep: 2 },
    },
    worker: { image, health, resources: { cpu: "2", memory: "1Gi", memoryLimit: "3Gi" } },
  }),
};

/** Nodes with room and devices for all of them. */
const clusters = {
  home: {
    nodes: {
      "worker-1": { cpu: "64", memory: "256Gi", gpu: { resource: "nvidia.com/gpu", count: 4 } },
      "worker-2": {
        cpu: "64",
        memory: "256Gi",
        address: "10.0.20.22",
        gpu: { claim: "gpu.intel.com", count: 4 },
      },
    },
  },
};
const spareNode = { because: "each has a device of its own", value: false };
const environments: Readonly<Record<string, Fragment>> = {
  whole: { prod: { ...scene.environments["prod"], spareNode } },
  reduced: { prod: { ...scene.environments["prod"], spareNode, requests: 0.25, replicas: 2 } },
};

function consequencesOf(app: Fragment, environment: Fragment): Consequence[] | undefined {
  const { releases, problems } = build(
    sceneWith({
      services: { app },
      clusters,
      environments: environment as Readonly<Record<string, Fragment>>,
    }),
  );
  return problems.length > 0 ? undefined : releases.flatMap(capacityConsequences);
}

/** Every field that may be deleted, as its path. */
function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  return Object.entries(asTree(value)).flatMap(([key, inner]) => [
    [...path, key],
    ...pathsIn(inner, [...path, key]),
  ]);
}

const isAt = ({ path }: Cause, deleted: readonly string[]) => path.join(".") === deleted.join(".");
/** It goes with what is deleted. */
const names = (cause: Cause, deleted: readonly string[]) =>
  cause.absent === undefined && `${cause.path.join(".")}.`.startsWith(`${deleted.join(".")}.`);
const fileOfApp = "charts/services/app/values.ts";
const of = (cause: Cause) => cause.file === fileOfApp;

const cases = Object.entries(services).flatMap(([name, app]) =>
  Object.entries(environments).map(([environment, facts]) => ({ name, app, environment, facts })),
);

describe.for(cases)("$name in $environment", ({ app, facts }) => {
  const before = consequencesOf(app, facts) ?? [];
  const atLeast = app["kind"] === "chart" ? 2 : 3;

  test("has consequences, each about something else, by a rule there is", () => {
    expect(before.length).toBeGreaterThanOrEqual(atLeast);
    expect(new Set(before.map(({ about }) => about)).size).toBe(before.length);
    for (const { rule, causes } of before) {
      expect(rules).toHaveProperty([rule]);
      expect(causes.length).toBeGreaterThan(0);
    }
  });

  test("loses or changes exactly what a fact is a cause of", () => {
    const mistakes: string[] = [];
    for (const path of pathsIn(app["spec"])) {
      // A component is no optional fact.
      if (path[0] === "components" && path.length < 3) continue;
      const after = consequencesOf({ ...app, spec: without(app["spec"], path) }, facts);
      if (after === undefined) continue;
      const fact = path.join(".");
      for (const one of before) {
        const now = after.find(({ about }) => about === one.about);
        const isSame = now !== undefined && now.says === one.says && now.rule === one.rule;
        const isCause = one.causes.some((cause) => of(cause) && names(cause, path));
        if (isCause && isSame) mistakes.push(`${fact}: ${one.about} names it and stays as it is`);
        if (!isCause && !isSame && !one.causes.some((cause) => holds(cause, path)))
          mistakes.push(`${fact}: ${one.about} changes and does not name it`);
      }
      for (const now of after) {
        const one = before.find(({ about }) => about === now.about);
        if (one?.says === now.says) continue;
        const isLeft = (cause: Cause) => one !== undefined && isBeside(cause, path);
        if (!now.causes.some((cause) => of(cause) && (isAbout(cause, path) || isLeft(cause))))
          mistakes.push(`${fact}: ${now.about} is new and does not name the absence`);
      }
    }
    expect(mistakes).toEqual([]);
  });
});

/** What holds the part that was deleted is another one now. */
const holds = (cause: Cause, path: readonly string[]) => of(cause) && isPartOf(path, cause);
/** The fact is not there; or a part of it is not, and it is another one, or has no such part any more. */
const isAbout = (cause: Cause, path: readonly string[]) =>
  (cause.absent === true && isAt(cause, path)) ||
  ((cause.absent === undefined || cause.what !== undefined) && isPartOf(path, cause));
/** One of several is not there, and it is told of the others. */
const isBeside = ({ path, absent }: Cause, deleted: readonly string[]) =>
  absent === undefined && path.slice(0, -1).join(".") === deleted.slice(0, -1).join(".");
const isPartOf = (path: readonly string[], cause: Cause) =>
  path.join(".").startsWith(`${cause.path.join(".")}.`);

describe("the words", () => {
  const said = (app: string, environment: string, about: string) => {
    const one = consequencesOf(services[app] ?? {}, environments[environment] ?? {})?.find(
      (found) => found.about === about,
    );
    if (one === undefined) throw new Error(`nothing about ${about}`);
    return one;
  };

  test("of pods tell that the environment allows fewer than are said", () => {
    expect(said("stateful", "reduced", "pods of app").says).toBe(
      "2 pods (statefulSet), 3 as said, but no more than the environment allows",
    );
    expect(said("stateful", "whole", "pods of app").says).toBe("3 pods (statefulSet), as said");
  });

  test("of the quota are short, in units for people, and the same with a factor", () => {
    expect(said("several", "whole", "ResourceQuota quota").says).toBe(
      "at most 9 pods, 18.95 cores asked for, 138.94Gi of memory asked for, 148.94Gi of memory used; for server, 3 pods, as said: main (large), vpn (tiny), proxy (small, not said), first (xlarge); worker, 1 pod: main (2 cores, 1Gi)",
    );
    expect(said("large", "reduced", "ResourceQuota quota").says).toBe(
      said("large", "whole", "ResourceQuota quota").says,
    );
  });

  test.for([
    ["chart", "none, since pods that the chart brings are not counted", "chart"],
    ["beside", "none, since pods of objects extra are not counted", "objects.extra"],
    [
      "patched",
      "none, since pods that patches deployment/app change are not counted",
      "patches.deployment/app",
    ],
    ["besideStopped", "none, since pods of objects extra are not counted", "objects.extra"],
    ["paused", "none, while the service is stopped", "stopped"],
  ] as const)("tell why there is no quota: %s", ([app, words, cause]) => {
    const { says, causes } = said(app, "whole", "ResourceQuota");
    expect(says).toBe(words);
    const there = causes.filter(({ absent }) => absent === undefined);
    expect(there.map((one) => causeText(one, fileOfApp))).toEqual([cause]);
  });

  test("of a quota that is said name no pods where they are not counted", () => {
    const { says, causes } = said("chartSaid", "whole", "ResourceQuota quota");
    expect(says).toBe("at most 20 pods, as said");
    expect(causes.map((one) => causeText(one, fileOfApp))).toEqual(["quota", "chart"]);
    expect(said("besideSaid", "whole", "ResourceQuota quota").says).toBe(
      "at most 20 pods, as said",
    );
  });

  test("of a budget are those of one pod and of several", () => {
    const budget = (disruption: object) =>
      build(sceneWith({ services: { app: service({ ...component, replicas: 3, disruption }) } }))
        .releases.flatMap(capacityConsequences)
        .find(({ about }) => about.startsWith("PodDisruptionBudget"))?.says;
    expect(budget({ miss: 1 })).toBe("1 pod may be missing while a node is drained, as said");
    expect(budget({ miss: 2 })).toBe("2 pods may be missing while a node is drained, as said");
    expect(budget({ keep: 1 })).toBe("1 pod stays while a node is drained, as said");
    expect(budget({ keep: 2 })).toBe("2 pods stay while a node is drained, as said");
  });

  test("of a container beside the main one tell that its size is not said", () => {
    const { causes } = said("several", "whole", "container proxy of server");
    expect(causes.map((cause) => causeText(cause, fileOfApp))).toContain(
      "components.server.sidecars.proxy.size (not said)",
    );
  });
});

describe("the priority of a chart's pods", () => {
  const from = { from: "oci://registry.example.com/charts/app", version: "1.0.0" };
  const told = (app: Fragment) =>
    build(sceneWith({ services: { app } }))
      .releases.flatMap(capacityConsequences)
      .filter(({ rule }) => rule === "priority-of-chart")
      .map(({ says }) => says);
  const withValues = (values: object) =>
    chart({ server: { pods: { a: "b" } } }, { chart: { ...from, values } });

  test.for([
    ["in one place", { priorityClassName: "tier-media" }, "name tier-media;"],
    [
      "in several, one twice",
      {
        server: { priorityClassName: "tier-media" },
        list: [{ priorityClassName: "tier-apps" }, { priorityClassName: "tier-apps" }],
      },
      "name tier-apps, tier-media;",
    ],
    ["as nothing", { priorityClassName: "" }, "name no priority class"],
    ["nowhere", { priority: "tier-media" }, "name no priority class"],
  ] as const)("is what its values name %s", ([, values, words]) => {
    expect(told(withValues(values))).toEqual([expect.stringContaining(words)]);
  });

  test("is that of the tier without anybody's doing where RZP writes the pods", () => {
    expect(told(service())).toEqual([]);
  });
});
