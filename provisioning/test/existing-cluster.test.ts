/** Which cluster a kubeconfig leads to, and what of it is kept. kubectl is the real one; no API server is asked. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Cluster } from "../../generator/src/model/cluster.ts";
import { openOwn } from "../src/cluster/existing.ts";
import { KubectlFailed } from "../src/cluster/kubectl.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "rzp-kubeconfigs-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const hiddenHere = "token-of-another-cluster";
/** A kubeconfig as people have it: several clusters, one of which is in use. */
function kubeconfig(server: string, inUse = "home"): string {
  const file = path.join(folder, "config");
  writeFileSync(path.join(folder, "ca.crt"), "authority of home");
  const names = [
    ["home", server, "token-of-home"],
    ["work", "https://10.9.9.9:6443", hiddenHere],
  ] as const;
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: names.map(([name, at]) => ({
      name,
      cluster: { server: at, ...(name === "home" && { "certificate-authority": "ca.crt" }) },
    })),
    users: names.map(([name, , token]) => ({ name, user: { token } })),
    contexts: names.map(([name]) => ({ name, context: { cluster: name, user: name } })),
    "current-context": inUse,
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}
const home = (apiServer: object = {}) =>
  ({ apiServer: { addresses: ["10.0.20.10", "10.0.20.11"], ...apiServer } }) as Cluster;

test("of several contexts the one in use is kept, whole, and nothing of the others", async () => {
  const opened = await openOwn("home", home(), kubeconfig("https://10.0.20.10:6443"));
  if (!("kubectl" in opened)) throw new Error(JSON.stringify(opened));
  const kept = JSON.parse(opened.kubeconfig) as {
    clusters: { cluster: Record<string, string> }[];
    users: { user: Record<string, string> }[];
  };
  expect(kept.clusters.map(({ cluster }) => cluster)).toEqual([
    {
      server: "https://10.0.20.10:6443",
      "certificate-authority-data": Buffer.from("authority of home").toString("base64"),
    },
  ]);
  expect(kept.users.map(({ user }) => user)).toEqual([{ token: "token-of-home" }]);
  expect(opened.kubeconfig).not.toContain(hiddenHere);
});

test.for([
  ["https://10.0.20.11:6443", {}],
  ["https://10.0.20.11:8443", { port: 8443 }],
  ["https://10.0.20.11", { port: 443 }],
] as const)("%s is its own with %j", async ([server, apiServer]) => {
  expect(await openOwn("home", home(apiServer), kubeconfig(server))).toHaveProperty("kubectl");
});

const mend = "export KUBECONFIG with the one of this cluster";
test.for([
  ["https://10.0.20.99:6443", {}, "6443", mend],
  ["https://10.0.20.10:6444", {}, "6443", `${mend}, or write apiServer.port: 6444`],
  ["https://10.0.20.10", { port: 6443 }, "6443", `${mend}, or write apiServer.port: 443`],
  ["https://10.0.20.10:6443", { port: 8443 }, "8443", `${mend}, or write apiServer.port: 6443`],
  ["https://nowhere.invalid:6443", {}, "6443", mend],
] as const)("%s is not, with %j", async ([server, apiServer, port, fix]) => {
  expect(await openOwn("home", home(apiServer), kubeconfig(server))).toMatchObject({
    code: "KUBECONFIG_FOREIGN",
    message: `the kubeconfig leads to ${server}, which is not an API server of home`,
    found: server,
    expected: `10.0.20.10, 10.0.20.11, port ${port}`,
    fix,
  });
});

test("one without a context in use says so", async () => {
  await expect(openOwn("home", home(), kubeconfig("https://10.0.20.10:6443", ""))).rejects.toThrow(
    KubectlFailed,
  );
});
