import { describe, expect, test } from "vitest";
import { ChartOverlay, ComposedServiceOverlay, ServiceOverlay } from "./overlay.ts";

describe("an overlay may hold", () => {
  test.for([
    ["nothing", {}],
    ["another image and size", { image: "a:2", size: "large", replicas: 2 }],
    ["a part of resources", { resources: { memory: "2Gi" } }],
    ["a part of health", { health: { startsWithin: "5m" } }],
    ["a part of a schedule", { runs: { cron: "0 5 * * *" } }],
    ["a part of a volume", { storage: { config: { size: "10Gi" } } }],
    [
      "a volume as it is written in the service",
      { storage: { config: { holds: "state", size: "10Gi" } } },
    ],
    ["a part of a route", { routes: { web: { audience: "public", signIn: "sso" } } }],
    [
      "variables, files and edges",
      {
        env: { TZ: "UTC" },
        files: { "/a": "text" },
        consumes: { sonarr: "http" },
        reaches: { internet: ["https"] },
      },
    ],
    ["a part of a sidecar", { sidecars: { vpn: { env: { SERVER: "x" } } } }],
    ["a reason to loosen", { health: { because: "nothing can be asked", value: false } }],
    ["paths to remove", { remove: ["routes.web", "env.TZ", "stopped", "files./etc/a.yml"] }],
  ])("%s", ([, overlay]) => {
    expect(ServiceOverlay.parse(overlay)).toEqual(overlay);
  });

  test("a part of a component, and of a chart", () => {
    const composed = {
      components: { server: { size: "large", mounts: { library: "/data" } } },
      storage: { library: { size: "1Ti" } },
    };
    expect(ComposedServiceOverlay.parse(composed)).toEqual(composed);
    const chart = {
      chart: { version: "v2.0.0", values: { replicas: 2 } },
      components: { controller: { reaches: { internet: ["https"] } } },
    };
    expect(ChartOverlay.parse(chart)).toEqual(chart);
  });
});

describe("identity is the same everywhere, so an overlay may not hold", () => {
  test.for(["tier", "about", "ports", "services", "offers", "pins", "migrations", "mounts"])(
    "%s of a service",
    (field) => {
      expect(ServiceOverlay.shape).not.toHaveProperty(field);
      expect(ServiceOverlay.safeParse({ [field]: {} }).error?.issues[0]?.code).toBe(
        "unrecognized_keys",
      );
    },
  );

  test.for([
    [
      "ports of a component",
      ComposedServiceOverlay,
      { components: { server: { ports: { http: 80 } } } },
    ],
    ["the kind of a route", ServiceOverlay, { routes: { web: { kind: "tcp" } } }],
    ["where a chart comes from", ChartOverlay, { chart: { from: "oci://example.com/other" } }],
    ["which pods a component is", ChartOverlay, { components: { a: { pods: { app: "b" } } } }],
    ["identity to remove", ServiceOverlay, { remove: ["tier"] }],
    ["a misspelt path to remove", ServiceOverlay, { remove: ["route.web"] }],
  ] as const)("%s", ([, schema, overlay]) => {
    expect(schema.safeParse(overlay).success).toBe(false);
  });
});
