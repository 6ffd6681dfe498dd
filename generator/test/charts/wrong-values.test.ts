/** Values of a right key and a wrong content: the schema names the path, before any template is run. */
import { describe, expect, test } from "vitest";
import type { Values } from "./support.ts";
import { renderAlone, schemaRefusal, workload } from "./support.ts";

const server = (more: object): Values => ({ workloads: { server: workload(more) } });
const rule = (peer: object): Values =>
  ({ policies: { web: { ingress: [{ peers: [peer], ports: [] }] } } }) as unknown as Values;
const monitor = (interval: string): Values => ({
  podMonitors: { web: { selects: { app: "web" }, ports: ["http"], path: "/metrics", interval } },
});
const secret = (metadata: unknown): Values =>
  ({ objects: { own: { apiVersion: "v1", kind: "Secret", metadata } } }) as unknown as Values;

describe("the schema", () => {
  test.concurrent.each<[string, Values]>([
    ["/podMonitors/web/interval", monitor("30")],
    ["/podMonitors/web/interval", monitor("a: b")],
    ["/workloads/server/ports/http/port", server({ ports: { http: { port: 70_000 } } })],
    ["/workloads/server/ports/http/port", server({ ports: { http: { port: 0 } } })],
    ["/workloads/server/replicas", server({ replicas: -1 })],
    ["/workloads/server/env/KEY/secret", server({ env: { KEY: { secret: "", key: "a" } } })],
    ["/policies/web/ingress/0/peers/0/namespace", rule({ namespace: "" })],
    ["/objects/own/metadata", secret(5)],
    ["/objects/own/metadata/name", secret({ name: 5 })],
    ["/objects/own/metadata/namespace", secret({ namespace: true })],
    ["/objects/own/metadata/labels", secret({ labels: ["a"] })],
  ])("refuses what cannot be at %s", async (path, values) => {
    expect(await schemaRefusal(values)).toContain(`at '${path}': `);
  });

  test.concurrent.each<[string, Values]>([
    ["interval: 1m30s", monitor("1m30s")],
    ["replicas: 0", server({ replicas: 0 })],
    ["containerPort: 65535", server({ ports: { http: { port: 65_535 } } })],
    ['a: "1"', secret({ labels: { a: 1 } })],
  ])("takes what can: %s", async (printed, values) => {
    expect((await renderAlone(values)).text).toContain(printed);
  });
});
