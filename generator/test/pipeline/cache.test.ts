/** The cache saves time and nothing else: with it, without it, damaged or read-only, the same files come out. */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readEntry, writeEntry } from "../../src/cache/entry.ts";
import { ensureHelm } from "../../src/tools/helm-carrier.ts";
import { baseFile, createRepository, projectRoot } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Every file of the repository below the folders that RZP writes to, by its hash. */
function tree({ root }: Repository): Readonly<Record<string, string>> {
  const files = ["kubernetes", "charts/services", "environments"].flatMap((folder) =>
    filesBelow(path.join(root, folder)),
  );
  return Object.fromEntries(
    files.map((file) => [
      path.relative(root, file),
      createHash("sha256").update(readFileSync(file)).digest("hex"),
    ]),
  );
}

const cacheEntries = ({ root }: Repository) => filesBelow(path.join(root, ".cache/render"));

const sonarr = "charts/services/sonarr/values.ts";
const edits = {
  "a value of a service": { [sonarr]: baseFile(sonarr).replace('"info"', '"trace"') },
  "a secret more, which a store must list": {
    [sonarr]: baseFile(sonarr).replace("  env: {", '  env: {\n    MORE: secret("more"),'),
  },
  "the port others call": { [sonarr]: baseFile(sonarr).replace("8989", "8990") },
  "a fact of an environment": {
    "environments/dev/environment.ts": baseFile("environments/dev/environment.ts").replace(
      "dev.example.com",
      "trial.example.com",
    ),
  },
  "a fact of a cluster": {
    "environments/clusters/home.ts": baseFile("environments/clusters/home.ts").replace(
      "10.0.10.5",
      "10.0.10.6",
    ),
  },
  "a file a service mounts": { "charts/services/blocky/config/blocky.yml": "upstreams: {}\n" },
  "a service less": {
    "environments/dev/environment.ts": baseFile("environments/dev/environment.ts").replace(
      '"prowlarr", "sonarr"',
      "",
    ),
    "environments/dev/sonarr.ts": undefined,
  },
} satisfies Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

const pools = (addresses: string) => `import { customObject, defineChart } from "#rzp";

export default defineChart({
  tier: "network",
  about: "Addresses of the house",
  chart: { from: "https://charts.example.com/metallb", version: "1.0.0", brings: ["metallb.io"] },
  components: { speaker: { pods: { app: "speaker" } } },
  objects: {
    pool: customObject({ apiVersion: "metallb.io/v1beta1", kind: "IPAddressPool", spec: { addresses: ["${addresses}"] } }),
  },
});
`;

const gatewayService = `import { customObject, defineChart, gatewayListeners } from "#rzp";

export default defineChart({
  tier: "network",
  about: "Ways in by name",
  chart: { from: "oci://docker.io/envoyproxy/gateway-helm", version: "1.9.0", brings: ["gateway.networking.k8s.io"] },
  components: { proxy: { pods: { app: "proxy" }, ports: { http: 10080, https: 10443 }, gatewayPorts: ["http", "https"] } },
  objects: {
    internal: customObject({
      apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway",
      spec: { gatewayClassName: "envoy", listeners: gatewayListeners("internal") },
    }),
  },
});
`;

const withGateway = (): Readonly<Record<string, string>> => ({
  "charts/services/envoy-gateway/values.ts": gatewayService,
  "environments/prod/environment.ts": baseFile("environments/prod/environment.ts").replace(
    "services: [",
    'services: ["envoy-gateway", ',
  ),
});

async function render(
  repository: Repository,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { exitCode, stderr } = await repository.run(["render", ...args], { env });
  expect([exitCode, stderr]).toEqual([0, ""]);
}

async function coldTree(files: Readonly<Record<string, string | undefined>>) {
  using repository = createRepository({ files });
  await render(repository, ["--no-cache"]);
  return tree(repository);
}

describe.concurrent("a render after an edit gives what a cold one gives", () => {
  test.for(Object.entries(edits))("%s", async ([, files]) => {
    using repository = createRepository();
    await render(repository);
    for (const [file, text] of Object.entries(files)) repository.write(file, text);
    await render(repository);
    expect(tree(repository)).toEqual(await coldTree(files));
  });
});

const edit = edits["a value of a service"];
const coldEdit = coldTree(edit);

async function renderAfter(damage: (file: string) => void): Promise<void> {
  using repository = createRepository();
  await render(repository);
  const entries = cacheEntries(repository);
  expect(entries.length).toBeGreaterThan(10);
  entries.forEach(damage);
  writeFileSync(path.join(repository.root, sonarr), edit[sonarr]);
  await render(repository);
  expect(tree(repository)).toEqual(await coldEdit);
}

test("what is kept of a service stays whole when answers about others change time and again", async () => {
  using repository = createRepository({ files: withGateway() });
  await render(repository);
  for (const host of ["tv.example.org", "tv.example.net"]) {
    repository.write(
      "environments/prod/sonarr.ts",
      `import { overlay } from "#rzp";\nexport default overlay("sonarr", { routes: { web: { host: "${host}" } } });\n`,
    );
    // The gateway listens for another host: rules of all that have routes look at it again.
    await render(repository);
  }
  const entries = cacheEntries(repository).filter((file) => file.includes("/releases/"));
  const texts = entries.flatMap((file) =>
    (readEntry(file) as { manifests: { text?: string }[] }).manifests.map(({ text }) => text),
  );
  expect(texts.length).toBeGreaterThan(50);
  expect(texts).not.toContain(undefined);
});

describe.concurrent("damage is found, and made anew", () => {
  test("entries that are cut off", () =>
    renderAfter((file) => truncateSync(file, readFileSync(file).length - 7)));
  test("empty entries", () => renderAfter((file) => truncateSync(file)));
  test("entries with another byte in them", () =>
    renderAfter((file) => {
      const content = readFileSync(file);
      content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1;
      writeFileSync(file, content);
    }));

  test("what is known of the tree", async () => {
    using repository = createRepository();
    await render(repository);
    writeFileSync(path.join(repository.root, ".rzp/outputs"), "not what was written");
    writeFileSync(path.join(repository.root, sonarr), edit[sonarr]);
    await render(repository);
    expect(tree(repository)).toEqual(await coldEdit);
  });
});

test("a cache that cannot be written is done without", async () => {
  using repository = createRepository({ files: edit });
  // A file where the folder should be: refused to root as well.
  await render(repository, [], { RZP_CACHE: path.join(repository.root, "package.json") });
  expect(tree(repository)).toEqual(await coldEdit);
});

test("the cache is used: nothing is rendered twice", async () => {
  using repository = createRepository();
  await render(repository);
  const before = cacheEntries(repository);
  writeFileSync(path.join(repository.root, sonarr), `${baseFile(sonarr)}// A remark.\n`);
  await render(repository);
  expect(cacheEntries(repository)).toEqual(before);
});

test("what is added to an upstream chart is rendered once for the same values, though its release is never kept", async () => {
  using repository = createRepository({ files: withGateway() });
  await render(repository);
  const before = tree(repository);
  // What is kept is what comes out, so Helm has not been asked.
  for (const file of cacheEntries(repository).filter((entry) => entry.includes("/documents/")))
    writeEntry(file, String(readEntry(file)).replace("ClassName: envoy", "ClassName: kept"));
  repository.write(sonarr, edit[sonarr]);
  await render(repository);
  const changed = Object.entries(tree(repository)).filter(([file, hash]) => before[file] !== hash);
  expect(changed.map(([file]) => file)).toContain(
    "kubernetes/prod/envoy-gateway/gateway.gateway.networking.k8s.io-internal.yaml",
  );
});

test("a generated file that was edited is rendered again, though its service was not", async () => {
  using repository = createRepository();
  await render(repository);
  const before = tree(repository);
  const file = path.join(repository.root, "kubernetes/prod/blocky/deployment-blocky.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("replicas: 2", "replicas: 3"));
  const { exitCode, stderr } = await repository.run(["render"]);
  expect(exitCode).toBe(0);
  expect(stderr).toContain("was edited by hand");
  expect(tree(repository)).toEqual(before);
});

test.for([
  ["gone", (file: string) => rmSync(file)],
  ["damaged", (file: string) => truncateSync(file, 100)],
] as const)(
  "what the last run kept is %s, and a generated file is needed again",
  async ([, damage]) => {
    using repository = createRepository();
    await render(repository);
    const before = tree(repository);
    const kept = cacheEntries(repository).filter((file) => file.includes("/releases/"));
    expect(kept.length).toBeGreaterThan(5);
    kept.forEach(damage);
    rmSync(path.join(repository.root, "kubernetes/prod/blocky/deployment-blocky.yaml"));
    await render(repository);
    expect(tree(repository)).toEqual(before);
  },
);

/** With all that makes what rules ask for: Prometheus of its own, and who asks the services without metrics. */
const watched = (): Readonly<Record<string, string>> => {
  const ours = (file: string) => readFileSync(path.join(projectRoot, file), "utf8");
  const prober = "charts/services/blackbox-exporter";
  return {
    "environments/tiers.ts": baseFile("environments/tiers.ts").replace(
      "priority: 600_000,",
      "priority: 600_000, once: true,",
    ),
    "environments/prod/environment.ts": baseFile("environments/prod/environment.ts")
      .replace("import {", "import { because,")
      .replace('["blocky"', '["prometheus", "blackbox-exporter", "blocky"')
      .replace("  secrets:", '  alerts: because(false, "a test tells nobody"),\n  secrets:'),
    "charts/services/prometheus/values.ts": ours("charts/services/prometheus/values.ts").replace(
      ', vector: "remote-write"',
      "",
    ),
    [`${prober}/values.ts`]: ours(`${prober}/values.ts`),
    [`${prober}/config/config.yml`]: ours(`${prober}/config/config.yml`),
  };
};

test("of what was kept of other services an edit of one reads nothing, whose rules Prometheus has as well", async () => {
  using repository = createRepository({ files: watched() });
  await render(repository);
  const kept = cacheEntries(repository).filter((file) => file.includes("/releases/"));
  expect(kept.length).toBeGreaterThan(5);
  for (const file of kept) truncateSync(file, 100);
  repository.write(sonarr, edit[sonarr]);
  await render(repository);
  expect(kept.filter((file) => readFileSync(file).length !== 100)).toEqual([]);
  expect(tree(repository)).toEqual(await coldTree({ ...watched(), ...edit }));
});

test("a metric that nobody makes any more is missed by rules of services that did not change", async () => {
  const files = watched();
  const prober = "charts/services/blackbox-exporter/values.ts";
  using repository = createRepository({ files });
  await render(repository);
  const another = (files[prober] ?? "").replace("/blackbox-exporter:", "/another-exporter:");
  repository.write(prober, another);
  const { exitCode, stderr } = await repository.run(["render"]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/METRIC_WITHOUT_PRODUCER\n.* rules of immich, prowlarr, sonarr ask/);
});

test("what a change breaks in a service that did not change is found", async () => {
  const binding = `objects: { watch: kubernetesObject({ apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" }, subjects: [{ kind: "ServiceAccount", name: "watcher", namespace: "network-blocky" }] }) },`;
  const account = `objects: { watcher: kubernetesObject({ apiVersion: "v1", kind: "ServiceAccount" }) },`;
  const blocky = "charts/services/blocky/values.ts";
  const withObject = (file: string, object: string) =>
    baseFile(file)
      .replace("import { ", "import { kubernetesObject, ")
      .replace("  tier:", `  ${object}\n  tier:`);
  using repository = createRepository({
    files: { [sonarr]: withObject(sonarr, binding), [blocky]: withObject(blocky, account) },
  });
  const check = async (...args: string[]) => (await repository.run(["check", ...args])).stderr;
  await repository.run(["render"]);
  expect(await check()).not.toContain("MANIFEST_DANGLING_REFERENCE");
  repository.write(blocky, baseFile(blocky));
  const found = await check();
  expect(found).toContain("MANIFEST_DANGLING_REFERENCE");
  expect(found).toBe(await check("--no-cache"));
});

test("what editors put beside a file that is not saved, and links that lead nowhere, end nothing", async () => {
  using repository = createRepository();
  await render(repository);
  const links = [
    "charts/services/sonarr/.#values.ts",
    "charts/services/recyclarr/config/.#recyclarr.yml",
    "charts/services/recyclarr/config/gone.yml",
    "environments/prod/.#environment.ts",
  ];
  for (const link of links) symlinkSync("me@host.123:456", path.join(repository.root, link));
  await render(repository);
  repository.write(sonarr, edit[sonarr]);
  await render(repository);
  await render(repository, ["--no-cache"]);
});

test("a warning is told until it is mended", async () => {
  using repository = createRepository({
    files: {
      "charts/services/pools/values.ts": pools("10.0.10.210-10.0.10.230"),
      "environments/prod/environment.ts": baseFile("environments/prod/environment.ts").replace(
        "services: [",
        'services: ["pools", ',
      ),
    },
  });
  const told = async () => (await repository.run(["render"])).stderr;
  const first = await told();
  expect(first).toContain("ADDRESS_UNKNOWN");
  expect(await told()).toBe(first);
  repository.write("charts/services/pools/values.ts", pools("10.0.10.200-10.0.10.230"));
  expect(await told()).not.toContain("ADDRESS_UNKNOWN");
});

test("what is in a folder that is a link is looked at by every run", async () => {
  using repository = createRepository();
  const config = path.join(repository.root, "charts/services/recyclarr/config");
  renameSync(config, path.join(repository.root, "shared"));
  symlinkSync("../../../shared", config);
  await render(repository);
  repository.write("shared/recyclarr.yml", "another: text\n");
  await render(repository);
  const file = "kubernetes/prod/recyclarr/configmap-recyclarr-files.yaml";
  expect(readFileSync(path.join(repository.root, file), "utf8")).toContain("another: text");
});

test("after the first render there is nothing to do", async () => {
  using repository = createRepository({
    files: {
      "charts/services/blocky/values.ts": baseFile("charts/services/blocky/values.ts").replace(
        'address: "dns", ',
        "",
      ),
    },
  });
  await render(repository);
  expect(existsSync(path.join(repository.root, "environments/clusters/home.lock.yaml"))).toBe(true);
  const stamp = readFileSync(path.join(repository.root, ".rzp/stamp"), "latin1");
  const again = await repository.run(["render"]);
  expect(again.stdout).toMatch(/^0 created, 0 changed, 0 removed, \d+ unchanged\n?$/);
  expect(readFileSync(path.join(repository.root, ".rzp/stamp"), "latin1")).toBe(stamp);
});

const writeProgram = (file: string, text: string): void => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
};

test("a `helm` on PATH that was upgraded is looked at, by a run that would have nothing to do", async () => {
  using repository = createRepository();
  const folder = path.join(repository.root, ".bin");
  const env = { PATH: `${folder}:${process.env["PATH"]}` };
  const stamp = () => readFileSync(path.join(repository.root, ".rzp/stamp"), "latin1");
  writeProgram(path.join(folder, "helm"), "echo v4.0.0");
  expect((await repository.run(["render"], { env })).exitCode).toBe(0);
  const before = stamp();
  await repository.run(["render"], { env });
  expect(stamp()).toBe(before);
  writeProgram(path.join(folder, "helm"), "echo v4.1.0, which is longer");
  await repository.run(["render"], { env });
  expect(stamp()).not.toBe(before);
});

test("nothing is decided on fingerprints where Helm is a script, which may start another one tomorrow", async () => {
  using repository = createRepository();
  const helm = await ensureHelm();
  if ("code" in helm) throw new Error(helm.message);
  const script = path.join(repository.root, ".bin/helm");
  writeProgram(script, `exec '${helm.path}' "$@"`);
  const { exitCode, stderr } = await repository.run(["render"], { env: { RZP_HELM: script } });
  expect(exitCode, stderr).toBe(0);
  expect(existsSync(path.join(repository.root, ".rzp/stamp"))).toBe(false);
});
