/** `infra` gives a cluster that is there its Argo CD and the root; from then on Argo CD keeps both. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { handOver } from "../../../../provisioning/src/commands/argo-cd.ts";
import { keepCredential } from "../../../../provisioning/src/commands/credential.ts";
import type { Facts } from "../../../../provisioning/src/facts.ts";
import type { Application } from "../../../cluster/argo-cd/applications.ts";
import { kubeconfigFile } from "../../../cluster/keys.ts";
import { factsOn, few, useFewServices } from "../few-services.ts";
import { figure } from "../local.ts";
import { changesBetween, versionsOf } from "../objects.ts";

let facts: Facts;
const playground = useFewServices();
beforeAll(() => {
  facts = withStores(factsOn(playground()));
});

/** Credentials are kept, and the stores have to sign in, which those of this environment have not. */
function withStores({ argocd, ...facts }: ReturnType<typeof factsOn>): Facts {
  const { environment } = argocd.facts;
  const secrets = { backend: "infisical" as const, project: "home", environment: "dev" };
  const ofArgoCd = { ...argocd.facts, environment: { ...environment, secrets } };
  return {
    ...facts,
    cluster: { ...facts.cluster, credentials: "file" },
    argocd: { ...argocd, facts: ofArgoCd },
    secrets,
    tiers: ["media", "platform"],
  };
}

const told: string[] = [];
const said: string[] = [];
const passphrase = "correct horse battery staple";
const order = (kubeconfig: string) => ({
  environment: { KUBECONFIG: kubeconfig, PULUMI_CONFIG_PASSPHRASE: passphrase },
  say: (text: string) => void said.push(text),
  root: playground().repository.tree,
  cluster: facts.name,
  allow: [],
  phases: {
    phase: async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      told.push(name);
      return work();
    },
  },
});

test("a kubeconfig that leads to another cluster is refused, and nothing is asked of it", async () => {
  const { folder } = playground().cluster;
  const file = path.join(folder, "elsewhere");
  const clusters = [{ name: "a", cluster: { server: "https://127.0.0.2:6443" } }];
  const users = [{ name: "a", user: {} }];
  const contexts = [{ name: "a", context: { cluster: "a", user: "a" } }];
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters,
      contexts,
      users,
      "current-context": "a",
    }),
  );
  const problems = await handOver(order(file), facts);
  expect(problems.map(({ code, found }) => [code, found])).toEqual([
    ["KUBECONFIG_FOREIGN", "https://127.0.0.2:6443"],
  ]);
});

/** As a person gives it, who then does nothing by hand. */
const keep = (name: string, value: string) =>
  keepCredential({ ...order(""), words: ["set", name], input: async () => `${value}\n` }, facts);
const secretIn = async (namespace: string, name: string) => {
  const path = `/api/v1/namespaces/${namespace}/secrets/${name}`;
  const { data = {}, metadata } = await playground().cluster.api.get<Secret>(path);
  const values = Object.entries(data).map(([key, text]) => [key, Buffer.from(text, "base64")]);
  return {
    data: Object.fromEntries(values.map(([key, value]) => [key, String(value)])) as object,
    labels: metadata.labels,
    version: metadata.resourceVersion,
  };
};
interface Secret {
  readonly data?: Readonly<Record<string, string>>;
  readonly metadata: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly resourceVersion: string;
  };
}

test("Argo CD and the root come, and everything is synced and healthy", async () => {
  const begin = performance.now();
  const file = kubeconfigFile(playground().cluster.folder, "admin");
  for (const [name, value] of [
    ["repository-username", "nobody"],
    ["repository-password", "hunter2-of-the-repository"],
    ["infisical-dev-media-client-id", "id-of-media"],
    ["infisical-dev-media-client-secret", "hunter2-of-media"],
  ] as const)
    expect(await keep(name, value)).toEqual([]);
  const problems = await handOver(order(file), facts);
  expect(problems).toEqual([]);
  expect(told).toEqual(["argo cd", "services"]);
  figure(`handed over: ${few.length} services healthy in`, performance.now() - begin);
});

test("the repository and the stores have what they sign in with; what is not kept is told, and no value is", async () => {
  expect(await secretIn("argocd", "repository")).toMatchObject({
    data: {
      type: "git",
      url: facts.cluster.repository.url,
      username: "nobody",
      password: "hunter2-of-the-repository",
    },
    labels: { "argocd.argoproj.io/secret-type": "repository" },
  });
  const { secrets: namespace } = facts.argocd?.facts.operators ?? { secrets: "" };
  expect(await secretIn(namespace, "infisical-dev-media")).toMatchObject({
    data: { "client-id": "id-of-media", "client-secret": "hunter2-of-media" },
  });
  const text = said.join("");
  expect(text).toContain("infisical-dev-platform ");
  expect(text).not.toContain("infisical-dev-media ");
  expect(text).not.toContain("is private");
  expect(text).not.toContain("hunter2");
});

test("once more changes nothing, as Argo CD keeps it", async () => {
  const { cluster } = playground();
  const repository = await secretIn("argocd", "repository");
  const applications = (await cluster.api.list(
    "/apis/argoproj.io/v1alpha1/applications",
  )) as unknown as Application[];
  const before = await versionsOf(cluster.api, applications);
  const file = kubeconfigFile(cluster.folder, "admin");
  expect(await handOver(order(file), facts)).toEqual([]);
  expect(changesBetween(before, await versionsOf(cluster.api, applications), () => false)).toEqual(
    [],
  );
  expect(await secretIn("argocd", "repository")).toEqual(repository);
});

test("a new credential comes with the next run", async () => {
  const file = kubeconfigFile(playground().cluster.folder, "admin");
  expect(await keep("repository-password", "hunter3")).toEqual([]);
  expect(await handOver(order(file), facts)).toEqual([]);
  expect(await secretIn("argocd", "repository")).toMatchObject({ data: { password: "hunter3" } });
});
