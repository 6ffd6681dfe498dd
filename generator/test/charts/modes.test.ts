/** The two ways to render give the same bytes; and the same bytes every time. */
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { ServiceValues } from "../../src/model/values/service.ts";
import {
  chartFile,
  container,
  dependency,
  helm,
  inFolder,
  library,
  type Rendered,
  renderAlone,
  renderAll,
  toValuesFile,
  type Values,
  workload,
  writeThinChart,
  writeTree,
} from "./support.ts";

const identity = (name: string) => ({
  name,
  tier: "media",
  environment: "prod",
  namespace: { name: `media-${name}`, create: true, podSecurity: "restricted" as const },
  dns: { namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" } },
});
const http = { http: { port: 8080 } };
const service = (component: string) => ({
  component,
  ports: { http: { port: 80, target: "http" } },
});
const rule = (namespace: string) => ({
  peers: [{ namespace }],
  ports: [{ port: "http", protocol: "TCP" as const }],
});

/** Three services of different kinds; complete values, as the generator makes them. */
const services: Record<string, Partial<ServiceValues>> = {
  sonarr: {
    ...identity("sonarr"),
    claims: { config: { size: "5Gi", access: "ReadWriteOnce" } },
    configMaps: { config: { "app.yml": { file: "config/app.yml" } } },
    workloads: {
      main: workload({
        update: "Recreate",
        ports: http,
        env: { B: "$(A)", A: "1" },
        mounts: [{ volume: "config", at: "/config" }],
        pod: { volumes: { config: { claim: "config" } }, checksums: ["config"] },
      }),
      worker: workload({ objectName: "sonarr-worker", runs: "DaemonSet" }),
      sync: workload({ objectName: "sonarr-sync", runs: "CronJob", schedule: "@daily" }),
    },
    services: { sonarr: service("main") },
    policies: {
      gateway: { component: "main", ingress: [rule("gateway")] },
      prowlarr: { component: "main", egress: [rule("media-prowlarr")] },
    },
    routes: {
      web: {
        kind: "HTTPRoute",
        hosts: ["sonarr.lan"],
        gateway: { name: "internal", namespace: "gateway" },
        rules: [{ backend: { service: "sonarr", port: 80 } }],
      },
    },
  },
  postgres: {
    ...identity("postgres"),
    postgres: {
      db: {
        objectName: "postgres",
        image: "pg:18",
        instances: 1,
        size: "5Gi",
        resources: container.resources,
        databases: { sonarr: { name: "sonarr", owner: "sonarr" } },
      },
    },
    externalSecrets: {
      login: {
        store: "infisical",
        folders: ["/edges/sonarr"],
        template: { url: "pg://{{ .user }}" },
      },
    },
    podMonitors: { db: { component: "db", ports: ["metrics"], path: "/metrics", interval: "30s" } },
  },
  "cert-manager": {
    ...identity("cert-manager"),
    policies: {
      webhook: {
        selects: { app: "webhook" },
        ingress: [{ peers: [{ cidr: "10.0.0.0/24" }], ports: [] }],
      },
    },
    objects: {
      issuer: {
        apiVersion: "cert-manager.io/v1",
        kind: "ClusterIssuer",
        metadata: { name: "letsencrypt" },
        spec: { acme: { email: "a@b.c" } },
      },
    },
  },
};
const files = { "config/app.yml": "a: 1\n\nb: 2\n" };

describe("rendering", () => {
  let batch: Record<string, Rendered>;
  beforeAll(async () => {
    batch = await renderAll(services, files);
  });

  test.concurrent.each(Object.keys(services))(
    "gives the bytes of a batch with plain Helm: %s",
    async (name) => {
      const alone = await renderAlone(services[name] as Values, files);
      expect(alone.manifests.length).toBeGreaterThan(4);
      expect(alone.text).toBe(batch[name]?.text);
    },
  );

  test("lets plain values take a default out with null", async () => {
    const dns = { namespace: "dns", podLabels: { app: "coredns" } };
    const reset = {
      namespace: "dns",
      podLabels: { app: "coredns", "k8s-app": null as unknown as string },
    };
    const { own } = await renderAll({ own: { dns } });
    expect((await renderAlone({ dns: reset })).text).toBe(own.text);
  });

  test("gives the same bytes 20 times, whatever the order of the keys", async () => {
    await inFolder(async (folder) => {
      await writeTree(folder, {
        "Chart.yaml": chartFile("environment"),
        "one.yaml": toValuesFile(nest(services)),
        "two.yaml": toValuesFile(reversed(nest(services)) as object),
      });
      await mkdir(join(folder, "charts"));
      await symlink(library, join(folder, "charts/rzp-lib"));
      for (const name of Object.keys(services))
        await writeThinChart(join(folder, "charts", name), name, files);
      const render = (values: string) =>
        helm([
          "template",
          "environment",
          folder,
          "--skip-schema-validation",
          "-f",
          join(folder, values),
        ]);
      const outputs = new Set<string>();
      for (let round = 0; round < 10; round++)
        (await Promise.all(["one.yaml", "two.yaml"].map(render))).forEach((output) =>
          outputs.add(output),
        );
      expect(outputs.size).toBe(1);
    });
  }, 60_000);

  test("asks nothing of the release: its name and namespace change no byte", async () => {
    await inFolder(async (folder) => {
      await writeThinChart(folder, "sonarr", files);
      await writeTree(folder, {
        "Chart.yaml": chartFile("sonarr") + dependency,
        "own.yaml": toValuesFile({ service: services["sonarr"] }),
      });
      await mkdir(join(folder, "charts"));
      await symlink(library, join(folder, "charts/rzp-lib"));
      const render = (args: string[]) =>
        helm(["template", ...args, folder, "-f", join(folder, "own.yaml")]);
      expect(await render(["sonarr"])).toBe(
        await render([
          "other",
          "--namespace",
          "elsewhere",
          "--kube-version",
          "1.30.0",
          "--is-upgrade",
        ]),
      );
    });
  });
});

const nest = (all: object) =>
  Object.fromEntries(Object.entries(all).map(([name, values]) => [name, { service: values }]));

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
