import { describe, expect, test } from "vitest";
import type { AuthoredService } from "../../model/service.ts";
import { ChartSpec, ComposedServiceSpec, ServiceSpec } from "../../model/service.ts";
import { readableKeys } from "./readable-keys.ts";
import { factsFile, registryFile } from "./registry.ts";

const service = (fields: object): AuthoredService => ({
  kind: "service",
  spec: ServiceSpec.parse({ tier: "media", about: "a service of a test", image: "a:1", ...fields }),
});
const composed: AuthoredService = {
  kind: "composed",
  spec: ComposedServiceSpec.parse({
    tier: "media",
    about: "Photos */ and videos",
    components: {
      server: { image: "a:1", ports: { metrics: 8081, http: 2283 } },
      learning: { image: "b:1", ports: { ml: 3003 } },
    },
    storage: {
      models: { holds: "cache", size: "1Gi" },
      "lib-rary": { holds: "state", size: "1Gi" },
    },
    routes: { web: { to: "server/http", audience: "internal" } },
  }),
};

test("the entry of a service has its names, sorted", () => {
  expect(registryFile("photo-book", composed)).toBe(`import "#rzp";

declare module "#rzp" {
  interface Registry {
    /** Photos *\\/ and videos */
    "photo-book": {
      kind: "composed";
      ports: { learning: "ml"; server: "http" | "metrics" };
      keys: "learning-ml-host" | "learning-ml-port" | "learning-ml-url" | "server-http-host" | "server-http-port" | "server-http-url" | "server-metrics-host" | "server-metrics-port" | "server-metrics-url";
      login: false;
      storage: { "lib-rary": "state"; models: "cache" };
      routes: "web";
      exposes: never;
    };
  }
}
`);
});

test("the order in which a file is written does not change its entry", () => {
  const one = service({
    ports: { http: 80, admin: 81 },
    offers: { "api-key": { secret: "a" }, token: { secret: "b" } },
  });
  const other = service({
    offers: { token: { secret: "b" }, "api-key": { secret: "a" } },
    ports: { admin: 81, http: 80 },
  });
  expect(registryFile("a", one)).toBe(registryFile("a", other));
});

test("a path of the node is told from other volumes through its reason", () => {
  const logs = { because: "reads the node's log", value: { holds: "host", path: "/var/log" } };
  expect(registryFile("a", service({ storage: { logs } }))).toContain(`storage: { logs: "host" };`);
});

describe("from can read", () => {
  test.for([
    ["nothing of a service without ports", service({}), []],
    ["short keys of a sole port", service({ ports: { http: 80 } }), ["host", "port", "url"]],
    [
      "long keys of several ports",
      service({ ports: { http: 80, smtp: 25 } }),
      ["http-host", "http-port", "http-url", "smtp-host", "smtp-port", "smtp-url"],
    ],
    [
      "one port with two protocols at one number as any other port",
      service({ ports: { dns: { udp: 53, tcp: 53 }, dot: 853 } }),
      ["dns-host", "dns-port", "dns-url", "dot-host", "dot-port", "dot-url"],
    ],
    [
      "short keys of a sole port with two protocols at one number",
      service({ ports: { dns: { udp: 53, tcp: 53 } } }),
      ["host", "port", "url"],
    ],
    [
      "each protocol of a port where they have numbers of their own",
      service({ ports: { dns: { udp: 53, tcp: 5353 } } }),
      [
        "dns-tcp-host",
        "dns-tcp-port",
        "dns-tcp-url",
        "dns-udp-host",
        "dns-udp-port",
        "dns-udp-url",
      ],
    ],
    [
      "secrets and what a login gives",
      service({
        ports: { db: 5432 },
        offers: { key: { secret: "k" }, login: { port: "db", gives: ["host", "password"] } },
      }),
      ["host", "port", "url", "key", "password"],
    ],
  ] as const)("%s", ([, authored, keys]) => {
    expect(readableKeys(authored)).toEqual(keys);
  });

  test("short keys of the sole port of a chart", () => {
    const chart = { from: "oci://example.com/charts/thing", version: "1.0.0" };
    const spec = ChartSpec.parse({
      tier: "platform",
      about: "a chart of a test",
      chart,
      components: { a: { pods: { app: "a" }, ports: { https: 443 } }, b: { pods: { app: "b" } } },
    });
    expect(readableKeys({ kind: "chart", spec })).toEqual(["host", "port", "url"]);
  });
});

test("the names of the platform are those of all its clusters", () => {
  const home = {
    storageClasses: { standard: "longhorn", bulk: "hdd" },
    hosts: { router: "10.0.0.1" },
  };
  const lab = {
    storageClasses: { standard: "local-path" },
    shares: { media: { server: "10.0.0.2", path: "/m", size: "1Ti" } },
  };
  expect(factsFile({ tiers: ["media", "data"], environments: ["prod"], clusters: { home, lab } }))
    .toBe(`import "#rzp";

declare module "#rzp" {
  interface Facts {
    tiers: "data" | "media";
    environments: "prod";
    clusters: "home" | "lab";
    shares: "media";
    hosts: "router";
    addresses: never;
    storageClasses: "bulk" | "standard";
  }
}
`);
});
