import { beforeAll, describe, expect, test } from "vitest";
import {
  component,
  container,
  kinds,
  labels,
  named,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  selector,
  workload,
} from "./support.ts";

const read = { ports: ["metrics"], path: "/metrics", interval: "30s" };
const endpoint = { port: "metrics", path: "/metrics", interval: "30s" };

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

describe("PodMonitor", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: {
        workloads: { agent: workload({ runs: "DaemonSet" }) },
        podMonitors: { agent: { component: "agent", ...read } },
      },
      full: {
        postgres: {
          db: {
            objectName: "sonarr-db",
            image: "pg:18",
            instances: 1,
            size: "1Gi",
            resources: container.resources,
          },
        },
        podMonitors: {
          db: { component: "db", ...read },
          upstream: {
            selects: { app: "webhook" },
            ...read,
            ports: ["metrics", "jobs"],
            params,
            tls,
            token,
            keepLabels: true,
          },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("selects the pods of a component", () => {
    expect(named(rendered.minimal, "PodMonitor", "agent")).toEqual({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata: {
        name: "agent",
        namespace: "media-sonarr",
        labels: component("agent"),
      },
      spec: {
        selector: { matchLabels: selector("agent") },
        podMetricsEndpoints: [endpoint],
      },
    });
  });

  test("selects PostgreSQL by the operator's label, and pods of an upstream chart by theirs, with all that is said of how it is read", () => {
    expect(named(rendered.full, "PodMonitor", "db")["spec"].selector.matchLabels).toEqual({
      "cnpg.io/cluster": "sonarr-db",
    });
    expect(named(rendered.full, "PodMonitor", "upstream")["spec"].selector.matchLabels).toEqual({
      app: "webhook",
    });
    expect(named(rendered.full, "PodMonitor", "upstream")["spec"].podMetricsEndpoints).toEqual([
      { ...endpoint, ...more },
      { ...endpoint, port: "jobs", ...more },
    ]);
    expect(named(rendered.full, "PodMonitor", "upstream").metadata.labels).toEqual(labels());
  });

  test.concurrent.each([
    ["one that says no pods", read, "podMonitors.own: says no pods; give component or selects."],
    [
      "a component that is not there",
      { component: "agent", ...read },
      'podMonitors.own.component: there is no component "agent"; there are: none.',
    ],
  ])("refuses %s", async (_, own, message) => {
    expect(await refusal({ podMonitors: { own } })).toBe(`[rzp-lib] service=sonarr key=${message}`);
  });

  test("has a schema that refuses one without ports", async () => {
    const own = { component: "agent", path: "/", interval: "30s" } as unknown as typeof read;
    expect(await schemaRefusal({ podMonitors: { own } })).toContain(
      "at '/podMonitors/own': missing property 'ports'",
    );
  });
});
