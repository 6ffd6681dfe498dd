/** What looks like a mistake and is none: nothing may be told of it. */
import { expect, test } from "vitest";
import { checkRepository, createRepository } from "../support/repository.ts";
import { applyChanges, blocky, home, immich, prod, recyclarr, sonarr } from "./change.ts";
import type { Cases } from "./change.ts";

const args = 'args: ["sync"]';
const manyCan = (purposes: string) => ({
  in: home,
  replace: "  shares:",
  by: `  storageMany: ${purposes},\n  shares:`,
});
const nearMistakes: Cases = {
  "a route that passes TLS on to a port of TLS": [
    { in: sonarr, replace: '{ http: "/ping" }', by: '{ http: "/ping", https: true }' },
    { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", kind: "tls" }' },
  ],
  "a route beside a port of TLS": {
    in: sonarr,
    replace: 'ports: { http: 8989 },\n  health: { http: "/ping" }',
    by: 'ports: { http: 8989, secure: 9443 },\n  health: { http: "/ping", port: "secure", https: true }',
  },
  "a schedule with a port for metrics": {
    in: recyclarr,
    replace: args,
    by: `${args},\n  ports: { metrics: 9090 },\n  metrics: { port: "metrics" }`,
  },
  "a schedule that logs in at what starts later": [
    { in: recyclarr, replace: 'tier: "media"', by: 'tier: "observability"' },
    {
      in: recyclarr,
      replace: 'consumes: { sonarr: "http" },\n  needs: ["sonarr"]',
      by: 'consumes: { sonarr: "http", postgres: { login: "recyclarr" } }',
    },
  ],
  "a schedule that a command asks whether it hangs": {
    in: recyclarr,
    replace: args,
    by: `${args},\n  health: { exec: ["test", "-e", "/tmp/alive"] }`,
  },
  "a storage class with dots and a digit in front": {
    in: home,
    replace: 'bulk: "longhorn-bulk"',
    by: 'bulk: "1.ceph.rbd"',
  },
  "mirrors of registries, of folders and of charts": {
    in: home,
    replace: "  shares:",
    by: '  mirrors: { "docker.io": "10.0.0.5:5000/hub/", "ghcr.io/me": "[fd00::5]:5000", "https://charts.example.org": "oci://r.example.org" },\n  shares:',
  },
  "a volume in memory below the limit": {
    in: recyclarr,
    replace: 'scratch({ at: "/tmp" })',
    by: 'scratch({ at: "/tmp", memory: true, size: "64Mi" })',
  },
  "a device that the runtime was told to open": [
    { in: home, replace: "  shares:", by: '  openDevices: ["/dev/video0"],\n  shares:' },
    { in: immich, replace: "import { cache,", by: "import { because, cache," },
    {
      in: immich,
      replace: 'mounts: { models: "/cache" },',
      by: 'mounts: { models: "/cache" },\n      security: because({ devices: ["/dev/net/tun", "/dev/video0"] }, "a stick for the radio"),',
    },
  ],
  "the name of a load balancer that a patch takes out of DNS, as host of a route": [
    {
      in: home,
      replace: "  repository:",
      by: '  annotationPrefix: "external-dns.kubernetes.io",\n  repository:',
    },
    {
      in: blocky,
      replace: "  exposes:",
      by: '  routes: { web: { host: "blocky-dns", to: "http", audience: "internal", signIn: "own" } },\n  patches: { "service/blocky-dns": { metadata: { annotations: { "external-dns.kubernetes.io/hostname": null } } } },\n  exposes:',
    },
  ],
  "volumes in memory below the limit together": {
    in: recyclarr,
    replace: 'scratch({ at: "/tmp" })',
    by: 'scratch({ at: "/tmp", memory: true, size: "200Mi" }), run: scratch({ at: "/run/app", memory: true, size: "311Mi" })',
  },
  "volumes in memory that are beyond the limit together, one of them on disk": {
    in: recyclarr,
    replace: 'scratch({ at: "/tmp" })',
    by: 'scratch({ at: "/tmp", memory: true, size: "200Mi" }), run: scratch({ at: "/run/app", size: "400Mi" })',
  },
  "volumes in memory that another container of the pod can fill": [
    {
      in: recyclarr,
      replace: args,
      by: `${args},\n  sidecars: { more: { image: "ghcr.io/example/more:1.0.0", health: { exec: ["true"] }, mounts: { run: "/run/app" } } }`,
    },
    {
      in: recyclarr,
      replace: 'scratch({ at: "/tmp" })',
      by: 'scratch({ at: "/tmp", memory: true, size: "400Mi" }), run: scratch({ at: "/run/app", memory: true, size: "400Mi" })',
    },
  ],
  "volumes in memory, each of another pod": [
    {
      in: immich,
      replace: 'models: cache({ size: "10Gi" })',
      by: 'models: cache({ size: "10Gi" }), a: scratch({ memory: true, size: "1200Mi" }), b: scratch({ memory: true, size: "1200Mi" })',
    },
    {
      in: immich,
      replace: 'mounts: { library: "/data" }',
      by: 'mounts: { library: "/data", a: "/a" }',
    },
    {
      in: immich,
      replace: 'mounts: { models: "/cache" }',
      by: 'mounts: { models: "/cache", b: "/b" }',
    },
    {
      in: immich,
      replace: "defineComposedService, from,",
      by: "defineComposedService, from, scratch,",
    },
  ],
  "a volume of many writers on a class that can": [
    { in: immich, replace: 'class: "bulk"', by: 'class: "bulk", access: "many"' },
    manyCan('["bulk"]'),
  ],
  "volumes of one writer, and shares, where no class can": manyCan("[]"),
  "a claim of many writers that is taken over": [
    { in: immich, replace: 'class: "bulk"', by: 'class: "bulk", access: "many", adopt: "photos"' },
    manyCan("[]"),
  ],
  "several pods with a volume of many writers": [
    {
      in: sonarr,
      replace: 'state({ at: "/config",',
      by: 'state({ at: "/config", access: "many",',
    },
    { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  replicas: 2,' },
    manyCan('["standard"]'),
  ],
  "pods on all nodes of a cluster with one, and a volume of one writer": [
    { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  runs: daemonSet(),' },
    { in: sonarr, replace: "import { ", by: "import { daemonSet, " },
  ],
  "pods on all nodes that take them, and a volume of one writer": [
    { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  runs: daemonSet(),' },
    { in: sonarr, replace: "import { ", by: "import { daemonSet, " },
    {
      in: home,
      replace: 'zone: "pve-1" }',
      by: 'zone: "pve-1" }, "worker-2": { cpu: "12", memory: "30Gi", address: "10.0.20.22", taints: { "nvidia.com/gpu": "NoSchedule" } }',
    },
  ],
  "several pods of a stateful set, each with a volume of its own": [
    {
      in: sonarr,
      replace: 'size: "small",',
      by: 'size: "small",\n  runs: statefulSet(),\n  replicas: 2,',
    },
    { in: sonarr, replace: "import { ", by: "import { statefulSet, " },
  ],
  "an overlay with as many pods as its environment has": [
    { in: prod, replace: "  secrets:", by: "  replicas: 2,\n  secrets:" },
    {
      in: "environments/prod/blocky.ts",
      text: 'import { overlay } from "#rzp";\nexport default overlay("blocky", { replicas: 2 });\n',
    },
  ],
};

test.for(Object.entries(nearMistakes))("%s", async ([, change]) => {
  using repository = createRepository();
  applyChanges(repository, change);
  expect(await checkRepository(repository.root)).toEqual([]);
});
