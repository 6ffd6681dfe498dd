import { expect, test } from "vitest";
import type { Setting } from "./builder.ts";
import { findings, object, rendered } from "./builder.ts";

const code = "NAME_TAKEN";
const own: Setting = {
  cluster: { carrier: "prod" },
  spec: {
    objects: { mine: { apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule" } },
  },
};
const recording = (...names: readonly string[]) =>
  object("monitoring.coreos.com/v1", "PrometheusRule", "mine", {
    spec: {
      groups: [
        {
          name: "x",
          rules: [
            { alert: "Mine", expr: "up == 0" },
            ...names.map((record) => ({ record, expr: "vector(1)" })),
          ],
        },
      ],
    },
  });

test.for(["up", "kube_pod_status_ready", "rzp:volume_left:ratio", "slo:objective:ratio"])(
  "a series that alerts of others read: %s",
  (name) => {
    expect(findings(code, rendered([recording(name)], own))).toMatchObject([
      {
        found: name,
        keys: ["objects", "mine", "spec", "groups", 0, "rules", 1, "record"],
        fix: expect.stringMatching(/^call it "sonarr:\w+:own"$/),
      },
    ]);
  },
);

test("a series of a rule of another service", () => {
  const other = { ...rendered([], { name: "radarr" }), metrics: ["radarr_queue_size"] };
  const mine = rendered([recording("radarr_queue_size")], own);
  expect(findings(code, mine, other)).toHaveLength(1);
  const elsewhere = rendered([], { name: "radarr", clusterName: "cabin", environment: "away" });
  expect(findings(code, mine, { ...elsewhere, metrics: ["radarr_queue_size"] })).toEqual([]);
});

test("a name of its own, and what RZP itself or a chart records", () => {
  expect(findings(code, rendered([recording("sonarr:queue:max", "sonarr_total")], own))).toEqual(
    [],
  );
  expect(findings(code, rendered([recording("up")]))).toEqual([]);
});
