/** How a new version of a Deployment comes in, and that what it follows from is a cause of it, nothing else. */
import { describe, expect, test } from "vitest";
import { workloadConsequences } from "../../src/explain/workload.ts";
import { workloads } from "../../src/values/workload/workload.ts";
import { build } from "../model-leaves/build.ts";
import type { Fragment } from "../model-leaves/fixture.ts";
import { component, sceneWith, service } from "../model-leaves/scene.ts";

const network = { host: { because: "asks the lamps by broadcast", value: true } };
const { ports: _, ...portless } = component;

function updateOf(app: Fragment) {
  const { releases, problems } = build(sceneWith({ services: { app } }));
  expect(problems).toEqual([]);
  const all = releases.flatMap(workloadConsequences);
  const told = all.find(({ about }) => about.endsWith(", new version"));
  return {
    value: releases.flatMap((release) =>
      Object.values(workloads(release)).map(({ update }) => update),
    ),
    says: told?.says,
    causes: told?.causes.map(
      ({ path, absent }) => `${absent === true ? "no " : ""}${path.join(".")}`,
    ),
  };
}

describe("in the network of its node", () => {
  test("the old pod ends before the new one wants its ports", () => {
    expect(updateOf(service({ ...component, network }))).toEqual({
      value: ["Recreate"],
      says: "Recreate, as only one pod of a node may have 8080/TCP, 9090/TCP, 1053/TCP, 1053/UDP",
      causes: ["no update", "no gpu", "network.host", "ports", "no storage", "no runs"],
    });
  });
  test("an exporter's port is one of them", () => {
    const own = { ...component, ports: { valkey: 6379 }, metrics: { exporter: "valkey" }, network };
    expect(updateOf(service(own))).toEqual({
      value: ["Recreate"],
      says: "Recreate, as only one pod of a node may have 6379/TCP, 9121/TCP",
      causes: ["no update", "no gpu", "network.host", "ports", "metrics", "no storage", "no runs"],
    });
  });
  test("pods without ports are in no one's way", () => {
    expect(updateOf(service({ ...portless, network }))).toEqual({
      value: ["RollingUpdate"],
      says: "RollingUpdate",
      causes: ["no update", "no gpu", "no ports", "no storage", "no runs"],
    });
  });
  test("what a person says stands, as where there are more nodes than pods", () => {
    expect(updateOf(service({ ...component, network, update: "rolling" }))).toEqual({
      value: ["RollingUpdate"],
      says: "RollingUpdate",
      causes: ["update", "no runs"],
    });
  });
  test("a claim is a reason of its own", () => {
    const storage = { data: { holds: "state", size: "5Gi", at: "/data" } };
    expect(
      updateOf(service({ ...component, network, storage, ports: { http: 80 } })),
    ).toMatchObject({
      says: "Recreate, as only one pod may write to data, and of a node may have 80/TCP",
    });
  });
});

test("in the network of the pods new ones come beside old ones", () => {
  expect(updateOf(service(component))).toEqual({
    value: ["RollingUpdate"],
    says: "RollingUpdate",
    causes: ["no update", "no gpu", "no network.host", "no storage", "no runs"],
  });
});
