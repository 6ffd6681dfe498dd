import { beforeAll, describe, expect, test } from "vitest";
import {
  component,
  kinds,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  workload,
} from "./support.ts";

const base = {
  workloads: { server: workload({ ports: { metrics: { port: 9100 }, jobs: { port: 9101 } } }) },
  services: {
    sonarr: {
      component: "server",
      ports: { metrics: { port: 9100, target: "metrics" }, jobs: { port: 9101, target: "jobs" } },
    },
  },
};
const monitor = {
  service: "sonarr",
  ports: ["metrics", "jobs"],
  path: "/metrics",
  interval: "1m30s",
};

const params = { format: ["prometheus"], no: ["1", "y"] };
const token = { secret: "own", key: "metrics" };
const ca = { secret: "own", key: "ca" };
const tls = { host: "app.example.com", ca };
const more = {
  params,
  scheme: "https",
  tlsConfig: { serverName: "app.example.com", ca: { secret: { name: "own", key: "ca" } } },
  authorization: { credentials: { name: "own", key: "metrics" } },
  honorLabels: true,
};

describe("ServiceMonitor", () => {
  let rendered: Record<"absent" | "minimal" | "full" | "unverified", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { ...base, monitors: { sonarr: { ...monitor, ports: ["metrics"] } } },
      unverified: {
        ...base,
        monitors: { sonarr: { ...monitor, ports: ["jobs"], tls: { unverified: true } } },
      },
      full: { ...base, monitors: { sonarr: { ...monitor, params, tls, token, keepLabels: true } } },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("selects one Service by its name", () => {
    expect(only(rendered.minimal, "ServiceMonitor")).toEqual({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata: {
        name: "sonarr",
        namespace: "media-sonarr",
        labels: component("server"),
      },
      spec: {
        selector: { matchLabels: { "rzp.local/kubernetes-service": "sonarr" } },
        endpoints: [{ port: "metrics", path: "/metrics", interval: "1m30s" }],
      },
    });
  });

  test("reads every port, with a query, over TLS and with a token, and keeps labels that metrics bear", () => {
    expect(only(rendered.full, "ServiceMonitor")["spec"].endpoints).toEqual([
      { port: "metrics", path: "/metrics", interval: "1m30s", ...more },
      { port: "jobs", path: "/metrics", interval: "1m30s", ...more },
    ]);
  });

  test("verifies no certificate where that is said", () => {
    expect(only(rendered.unverified, "ServiceMonitor")["spec"].endpoints).toEqual([
      {
        port: "jobs",
        path: "/metrics",
        interval: "1m30s",
        scheme: "https",
        tlsConfig: { insecureSkipVerify: true },
      },
    ]);
  });

  test.concurrent.each([
    [
      "a Service that is not there",
      { ...monitor, service: "sonar" },
      'service: there is no Service "sonar"; there are: sonarr.',
    ],
    [
      "a port that is not there",
      { ...monitor, ports: ["metrics", "http"] },
      'ports: the Service "sonarr" has no port "http"; it has: jobs, metrics.',
    ],
  ])("refuses %s", async (_, sonarr, message) => {
    expect(await refusal({ ...base, monitors: { sonarr } })).toBe(
      `[rzp-lib] service=sonarr key=monitors.sonarr.${message}`,
    );
  });

  test("has a schema that refuses TLS without a word on the certificate", async () => {
    expect(
      await schemaRefusal({ ...base, monitors: { sonarr: { ...monitor, tls: { ca } } } } as never),
    ).toContain("at '/monitors/sonarr/tls': ");
  });

  test("has a schema that refuses one without interval", async () => {
    const { interval: _, ...rest } = monitor;
    expect(
      await schemaRefusal({ ...base, monitors: { sonarr: rest as typeof monitor } }),
    ).toContain("at '/monitors/sonarr': missing property 'interval'");
  });
});
