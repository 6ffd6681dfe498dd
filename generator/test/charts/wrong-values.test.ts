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
const claim = (name: string): Values => ({
  claims: { [name]: { size: "1Gi", access: "ReadWriteOnce" } },
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
    ["/claims", claim("Data")],
    ["/claims", claim("a_b")],
    [
      "/services",
      { services: { ["a".repeat(64)]: { ports: {}, headless: true } } } as unknown as Values,
    ],
    ["/services", { services: { "own.web": { ports: {}, headless: true } } } as unknown as Values],
    ["/workloads/server/objectName", server({ objectName: "Server" })],
    ["/workloads/server/objectName", server({ objectName: "a".repeat(64) })],
    ["/namespace/name", { namespace: { name: "Media", create: true, podSecurity: "restricted" } }],
    ["/objects/own/metadata", secret(5)],
    ["/objects/own/metadata/name", secret({ name: 5 })],
    ["/objects/own/metadata/namespace", secret({ namespace: true })],
    ["/objects/own/metadata/labels", secret({ labels: ["a"] })],
  ])("refuses what cannot be at %s", async (path, values) => {
    expect(await schemaRefusal(values)).toContain(`at '${path}': `);
  });

  test.concurrent("says how long a name may be, and which is longer", async () => {
    const name = "a".repeat(254);
    const told = await schemaRefusal(claim(name));
    expect(told).toContain(`invalid propertyName '${name}'`);
    expect(told).toContain("got 254, want 253");
  });

  test.concurrent.each<[string, Values]>([
    ["interval: 1m30s", monitor("1m30s")],
    ["name: a.b-1", claim("a.b-1")],
    [`name: ${"a".repeat(63)}`, server({ objectName: "a".repeat(63) })],
    ["replicas: 0", server({ replicas: 0 })],
    ["containerPort: 65535", server({ ports: { http: { port: 65_535 } } })],
    ['a: "1"', secret({ labels: { a: 1 } })],
  ])("takes what can: %s", async (printed, values) => {
    expect((await renderAlone(values)).text).toContain(printed);
  });
});
