/** Where commands take credentials from, how people keep them, and what of them comes to a new cluster. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { repositoryRoot } from "../../generator/src/commands/repository-paths.ts";
import type { Problem } from "../../generator/src/problems/problem.ts";
import { bootstrap } from "../src/bootstrap/argo-cd.ts";
import { bootstrapCredentials } from "../src/bootstrap/credentials.ts";
import { KubectlFailed } from "../src/cluster/kubectl.ts";
import { keepCredential } from "../src/commands/credential.ts";
import type { Order } from "../src/order.ts";
import { startTimer } from "../src/timer.ts";
import { fillIn } from "../src/credential-stores/fill.ts";
import { knownCredentials } from "../src/credential-stores/known.ts";
import { readFacts, type Facts } from "../src/facts.ts";

const token = "rzp-home@pve!infra=00000000-0000-4000-8000-000000000001";
const passphrase = "correct horse battery staple";

/** Those of this repository: its cluster has machines, private stores and Argo CD. */
let home: Facts;
let facts: Facts;
let root: string;
let told: string;
beforeAll(async () => {
  const found = await readFacts(repositoryRoot(), "home");
  if (!("cluster" in found)) throw new Error(JSON.stringify(found));
  home = found;
});
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "rzp-credentials-"));
  facts = { ...home, cluster: { ...home.cluster, credentials: "file" } };
  told = "";
});
afterEach(() => rmSync(root, { recursive: true }));

const order = (more: Partial<Order> = {}): Order => ({
  root,
  cluster: "home",
  allow: [],
  phases: startTimer(() => {}),
  say: (text) => void (told += text),
  environment: { PULUMI_CONFIG_PASSPHRASE: passphrase },
  ...more,
});
const keep = (words: readonly string[], value = "", more: Partial<Order> = {}) =>
  keepCredential(order({ words, input: async () => value, ...more }), facts);
const lines = (problems: readonly Problem[]) =>
  problems.map(({ code, message, fix }) => `${code} ${message} | ${fix}`);

describe("credential", () => {
  test("set keeps a value, list tells of it without it, and neither leaves it readable", async () => {
    expect(await keep(["set", "proxmox-token"], `${token}\n`)).toEqual([]);
    expect(told).toBe("proxmox-token is in .infra/home.credentials.age\n");
    told = "";
    expect(
      await keep(["list"], "", {
        environment: { PULUMI_CONFIG_PASSPHRASE: passphrase, PROXMOX_VE_API_TOKEN: "x" },
      }),
    ).toEqual([]);
    expect(told).toContain("proxmox-token");
    expect(told).toMatch(/proxmox-token +is there, and PROXMOX_VE_API_TOKEN is set, which wins/);
    expect(told).toMatch(/repository-password +is not there\n/);
    const folder = path.join(root, ".infra");
    for (const file of readdirSync(folder))
      expect(readFileSync(path.join(folder, file), "utf8")).not.toContain(token);
    expect(told).not.toContain(token);
  });

  test("a name nobody looks for is refused, with the nearest one", async () => {
    expect(lines(await keep(["set", "proxmox-tokn"], token))).toEqual([
      'CREDENTIALS_UNREADABLE `infra` looks for no credential `proxmox-tokn` | write "proxmox-token", or npm run infra -- credential home list',
    ]);
  });

  test("no value, no name, no word of its own, no passphrase and no store are told", async () => {
    expect(lines(await keep(["set", "proxmox-token"], "\n"))).toEqual([
      "CREDENTIALS_UNREADABLE nothing came by standard input | npm run infra -- credential home set proxmox-token < <file>",
    ]);
    expect(lines(await keep(["set"]))[0]).toMatch(/^CREDENTIALS_UNREADABLE no credential is named/);
    expect(lines(await keep(["get", "proxmox-token"]))[0]).toMatch(/^TOOL_USAGE .*"get"/);
    expect(lines(await keep(["list"], "", { environment: {} }))[0]).toMatch(
      /^CREDENTIAL_MISSING PULUMI_CONFIG_PASSPHRASE is not set/,
    );
    const { credentials: _, ...cluster } = facts.cluster;
    const nowhere = await keepCredential(order({ words: ["list"] }), { ...facts, cluster });
    expect(lines(nowhere)).toEqual([
      'CREDENTIALS_UNREADABLE home keeps credentials nowhere: they are exported | write credentials: "file" in environments/clusters/home.ts',
    ]);
  });
});

describe("a command takes", () => {
  const tokenOf = async (needs: "hosts" | "state", environment: Order["environment"]) => {
    const filled = await fillIn(order({ environment }), facts, needs);
    return "environment" in filled ? filled.environment["PROXMOX_VE_API_TOKEN"] : lines(filled);
  };
  const exported = { PULUMI_CONFIG_PASSPHRASE: passphrase };

  test("what is kept, where nothing is exported; what is exported wins", async () => {
    await keep(["set", "proxmox-token"], token);
    expect(await tokenOf("hosts", exported)).toBe(token);
    expect(await tokenOf("hosts", { ...exported, PROXMOX_VE_API_TOKEN: "mine" })).toBe("mine");
  });

  test("nothing that it does not need: the state alone asks for no token", async () => {
    expect(await tokenOf("state", exported)).toBeUndefined();
  });

  test("no store, where everything is exported or the cluster has none", async () => {
    facts = { ...facts, cluster: { ...facts.cluster, credentials: "infisical" } };
    const all = { ...exported, PROXMOX_VE_API_TOKEN: "mine" };
    expect(await tokenOf("hosts", all)).toBe("mine");
    const { credentials: _, ...cluster } = facts.cluster;
    facts = { ...facts, cluster };
    expect(await tokenOf("hosts", exported)).toBeUndefined();
  });

  test("and says what is neither kept nor exported, and who is not signed in", async () => {
    expect(await tokenOf("hosts", exported)).toEqual([
      "CREDENTIAL_MISSING proxmox-token is not in .infra/home.credentials.age, and PROXMOX_VE_API_TOKEN is not set | npm run infra -- credential home set proxmox-token, which reads the value from standard input",
    ]);
    facts = { ...facts, cluster: { ...facts.cluster, credentials: "infisical" } };
    expect(await tokenOf("hosts", exported)).toEqual([
      "CREDENTIAL_MISSING nobody is signed in to Infisical, where credentials of this cluster are kept | export both, of a machine identity for `infra` (docs/guide-machines.md#credentials)",
    ]);
  });
});

describe("a new cluster gets", () => {
  const names = () => knownCredentials(facts).map(({ name }) => name);

  test("the credential of the repository and an identity a tier, and says what is missing", () => {
    const identities = names().filter((name) => name.startsWith("infisical-"));
    expect(identities).toContain("infisical-prod-media-client-secret");
    const kept = new Map([
      ["repository-username", "git"],
      ["repository-password", "hunter2"],
      ["infisical-prod-media-client-id", "id"],
      ["infisical-prod-media-client-secret", "s3cret"],
      // Half of one signs nobody in.
      ["infisical-prod-platform-client-id", "id"],
    ]);
    const given = bootstrapCredentials(facts, kept);
    const [repositorySecret] = objects(given.forArgoCd);
    expect(repositorySecret).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: "repository",
        namespace: "argocd",
        labels: { "argocd.argoproj.io/secret-type": "repository" },
      },
      type: "Opaque",
      data: encoded({
        type: "git",
        url: "https://git.example.com/home/platform.git",
        username: "git",
        password: "hunter2",
      }),
    });
    expect(objects(given.forStores).map(({ metadata, data }) => [metadata, data])).toEqual([
      [
        { name: "infisical-prod-media", namespace: "platform-external-secrets" },
        encoded({ "client-id": "id", "client-secret": "s3cret" }),
      ],
    ]);
    const text = given.byHand.join("\n");
    expect(text).toContain("infisical-prod-platform ");
    expect(text).not.toContain("infisical-prod-media ");
    expect(text).not.toContain("is private");
  });

  test("nothing where nothing is kept, and all of it is told", () => {
    const given = bootstrapCredentials(facts, new Map());
    expect(given).toMatchObject({ forArgoCd: "", forStores: "" });
    expect(given.byHand.join("\n")).toContain("is private");
    expect(given.byHand.join("\n")).toContain("infisical-prod-media ");
  });

  test("no credential of the repository where half of one is kept", () => {
    const given = bootstrapCredentials(facts, new Map([["repository-password", "hunter2"]]));
    expect(given.forArgoCd).toBe("");
    expect(given.byHand.join("\n")).toContain("is private");
  });

  test("nothing to do by hand where all is kept", () => {
    const all = new Map(names().map((name) => [name, "value"]));
    expect(bootstrapCredentials(facts, all).byHand).toEqual([]);
  });

  test.for([
    ["that is not there", "", ["namespace of stores", "secret"]],
    ["that is there", "namespace/platform-external-secrets\n", ["secret"]],
  ] as const)(
    "where Argo CD keeps the cluster, a namespace of the stores %s",
    async ([, there, applied]) => {
      const kept = new Map([
        ["infisical-prod-media-client-id", "id"],
        ["infisical-prod-media-client-secret", "s3cret"],
      ]);
      const given: string[] = [];
      const outcome = await bootstrap(
        {
          renderChart: () => Promise.reject(new Error("Argo CD's own")),
          before: "namespace of Argo CD",
          storesNamespace: "namespace of stores",
          credentials: bootstrapCredentials(facts, kept),
          root: "",
          rootName: "prod",
        },
        async (args, input = "") => {
          if (args[0] === "get") return input === "" ? "Synced,Healthy" : there;
          given.push(input.includes('"Secret"') ? "secret" : input);
          return "";
        },
      );
      expect(outcome).toBe("kept");
      expect(given).toEqual(applied);
    },
  );

  test("no secret as an argument, and none in what goes wrong", async () => {
    // One begins the other.
    const kept = new Map([
      ["repository-username", "hunter"],
      ["repository-password", "hunter2"],
    ]);
    const calls: string[][] = [];
    const failing = bootstrap(
      {
        renderChart: async () => "",
        before: "namespace",
        storesNamespace: "",
        credentials: bootstrapCredentials(facts, kept),
        root: "",
        rootName: "prod",
      },
      async (args, input = "") => {
        calls.push([...args]);
        if (args[0] === "get") throw new KubectlFailed("not found");
        if (input.includes('"Secret"')) throw new KubectlFailed(`invalid: hunter2, ${input}`);
        return "";
      },
    );
    await expect(failing).rejects.toThrow(KubectlFailed);
    const said = await failing.catch((error: Error) => error.message);
    for (const secret of ["hunter2", Buffer.from("hunter2").toString("base64")]) {
      expect(said).not.toContain(secret);
      expect(said).toContain("invalid: …,");
      expect(JSON.stringify(calls)).not.toContain(secret);
    }
  });
});

interface SecretObject {
  readonly metadata: object;
  readonly data: object;
}
const objects = (text: string): SecretObject[] =>
  text
    .split("---\n")
    .filter((part) => part !== "")
    .map((part) => JSON.parse(part) as SecretObject);
const encoded = (data: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString("base64")]),
  );
