/** The commands a person gives once, so that Argo CD comes up and takes over. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { ensureCarried } from "../../src/tools/carrier.ts";
import { currentHost } from "../../src/tools/host.ts";
import { isProblem } from "../../src/tools/problems.ts";
import { baseFile, createRepository } from "../support/repository.ts";

const argocd = `import { defineChart } from "#rzp";
export default defineChart({
  tier: "platform",
  about: "Keeps the cluster as the repository says",
  chart: { from: "https://charts.example.com/argo-cd", version: "10.1.1", release: "argocd", values: {} },
  components: {},
});
`;
const environment = (
  services: string,
  secrets: string,
) => `import { defineEnvironment } from "#rzp";
export default defineEnvironment({
  cluster: "home",
  domain: "example.com",
  revision: "main",
  services: [${services}],
  secrets: ${secrets},
});
`;
const infisical = '{ backend: "infisical", project: "home", environment: "prod" }';
const files = (secrets: string) => ({
  "charts/services/argo-cd/values.ts": argocd,
  "environments/prod/environment.ts": environment(
    '"argo-cd", "postgres", "prowlarr", "sonarr"',
    secrets,
  ),
});

describe("prints", () => {
  test("first the priority classes its pods ask for: without them the API server refuses each", async () => {
    const asking = argocd.replace(
      "values: {}",
      'values: { global: { priorityClassName: "tier-platform" }, redis: { priorityClassName: "system-cluster-critical" } }',
    );
    using repository = createRepository({
      files: { ...files(infisical), "charts/services/argo-cd/values.ts": asking },
    });
    const { stdout } = await repository.run(["bootstrap", "--environment", "prod"]);
    const commands = stdout.split("\n").filter((line) => !line.startsWith("#"));
    expect(commands).toEqual([
      "kubectl apply --filename kubernetes/prod/_environment/priorityclass-tier-platform.yaml",
      expect.stringMatching(/^helm upgrade --install argocd /),
      expect.stringMatching(/^kubectl apply .*application-prod.yaml$/),
    ]);
    await repository.run(["render"]);
    expect(existsSync(path.join(repository.root, commands[0]?.split(" ").at(-1) ?? ""))).toBe(true);
  });

  test("Helm's command with the chart that is written down, and kubectl's with the root's two files", async () => {
    using repository = createRepository({ files: files(infisical) });
    const { exitCode, stdout, stderr } = await repository.run([
      "bootstrap",
      "--environment",
      "prod",
    ]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const commands = stdout.split("\n").filter((line) => !line.startsWith("#"));
    expect(commands).toEqual([
      "helm upgrade --install argocd argo-cd --repo https://charts.example.com --version 10.1.1 --namespace argocd --create-namespace --values charts/services/argo-cd/ci/upstream/prod-values.yaml",
      "kubectl apply --filename kubernetes/prod/_argocd/appproject-prod.yaml --filename kubernetes/prod/_argocd/application-prod.yaml",
    ]);
  });

  test("one machine identity a tier that has secrets of Infisical", async () => {
    using repository = createRepository({ files: files(infisical) });
    const { stdout } = await repository.run(["bootstrap", "--environment", "prod"]);
    const identities = [...stdout.matchAll(/secret generic (infisical-\S+) --namespace (\S+)/g)];
    expect(identities.map(([, name]) => name)).toEqual([
      "infisical-prod-data",
      "infisical-prod-media",
    ]);
  });

  test("before the root, what a private repository is read with", async () => {
    using repository = createRepository({ files: files(infisical) });
    const { stdout } = await repository.run(["bootstrap", "--environment", "prod"]);
    const lines = stdout.split("\n");
    const line = (text: string) => lines.findIndex((one) => one.includes(text));
    const url = "https://git.example.com/home/platform.git";
    expect(line(`${url} is private`)).toBeGreaterThan(line("helm upgrade"));
    expect(line("kubectl label secret repository")).toBeLessThan(line("application-prod.yaml"));
    expect(stdout).toContain(
      "#   kubectl label secret repository --namespace argocd argocd.argoproj.io/secret-type=repository",
    );
    const [, command = ""] = /^# +(read .*generic repository .*)$/m.exec(stdout) ?? [];
    const { object, given } = await makeSecret(command, ["me", "s3cret = $HOME"]);
    expect(object).toMatchObject({
      metadata: { name: "repository", namespace: "argocd" },
      data: {
        type: encoded("git"),
        url: encoded(url),
        username: encoded("me"),
        password: encoded("s3cret = $HOME"),
      },
    });
    expect(given).not.toContain("s3cret");
  });

  test("a key for one that is cloned over SSH", async () => {
    const cluster = "environments/clusters/home.ts";
    const home = baseFile(cluster);
    using repository = createRepository({
      files: {
        ...files(infisical),
        [cluster]: home.replace("https://git.example.com/", "git@git.example.com:"),
      },
    });
    const { stdout } = await repository.run(["bootstrap", "--environment", "prod"]);
    expect(stdout).toContain(
      "#   kubectl create secret generic repository --namespace argocd --from-literal=type=git --from-literal=url='git@git.example.com:home/platform.git' --from-file=sshPrivateKey=<file>",
    );
  });

  test("a command for each that kubectl takes, and no part of an identity as an argument", async () => {
    using repository = createRepository({ files: files(infisical) });
    const { stdout } = await repository.run(["bootstrap", "--environment", "prod"]);
    const [, command = ""] = /^# +(read .*infisical-prod-media.*)$/m.exec(stdout) ?? [];
    const { object, given } = await makeSecret(command, ["the-id", "s3cret = $HOME"]);
    expect(object).toMatchObject({
      kind: "Secret",
      metadata: { name: "infisical-prod-media", namespace: "external-secrets" },
      data: { "client-id": encoded("the-id"), "client-secret": encoded("s3cret = $HOME") },
    });
    for (const secret of ["the-id", "s3cret"]) expect(given).not.toContain(secret);
  });

  test("for an environment that another one carries, its own root and identities alone", async () => {
    const dev = baseFile("environments/dev/environment.ts").replace(
      '{ backend: "fake" }',
      infisical,
    );
    using repository = createRepository({
      files: { ...files(infisical), "environments/dev/environment.ts": dev },
    });
    const { exitCode, stdout, stderr } = await repository.run([
      "bootstrap",
      "--environment",
      "dev",
    ]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n").filter((line) => !line.startsWith("#"))).toEqual([
      "kubectl apply --filename kubernetes/dev/_argocd/appproject-dev.yaml --filename kubernetes/dev/_argocd/application-dev.yaml",
    ]);
    expect(stdout).not.toContain("is private");
    const identities = [...stdout.matchAll(/secret generic (\S+) --namespace (\S+)/g)];
    expect(identities.map(([, name]) => name)).toEqual([
      "infisical-dev-data",
      "infisical-dev-media",
    ]);
  });

  test("none where secrets are throw-away values", async () => {
    using repository = createRepository({ files: files('{ backend: "fake" }') });
    const { exitCode, stdout } = await repository.run(["bootstrap", "--environment", "prod"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("nothing else is needed");
    expect(stdout).not.toContain("secret generic infisical");
  });
});

test("for a program: one document that holds the commands", async () => {
  using repository = createRepository({ files: files(infisical) });
  const human = await repository.run(["bootstrap", "--environment", "prod"]);
  const { exitCode, stdout } = await repository.run([
    "bootstrap",
    "--environment",
    "prod",
    "--format",
    "json",
  ]);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    environment: "prod",
    cluster: "home",
    commands: `${human.stdout}\n`,
  });
});

describe("refuses, and prints no command", () => {
  test.for([
    { name: "without an environment", args: [], says: ["no environment was named"] },
    {
      name: "an environment that is not there",
      args: ["--environment", "prdo"],
      says: ["there is no environment `prdo`", "write --environment prod"],
    },
  ])("$name", async ({ args, says }) => {
    using repository = createRepository({ files: files(infisical) });
    const { exitCode, stdout, stderr } = await repository.run(["bootstrap", ...args]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    for (const text of says) expect(stderr).toContain(text);
  });

  test.for(["prod", "dev"])("a carrier without Argo CD, for %s: how it is added", async (name) => {
    using repository = createRepository();
    const { exitCode, stderr } = await repository.run(["bootstrap", "--environment", name]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("npm run new-service argo-cd -- --environment prod");
  });

  test("a tree with a mistake in it: the mistake is told", async () => {
    using repository = createRepository({
      files: { ...files(infisical), "charts/services/sonarr/values.ts": "export default {}\n" },
    });
    const { exitCode, stdout, stderr } = await repository.run([
      "bootstrap",
      "--environment",
      "prod",
    ]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("FILE_WRONG_KIND");
  });
});

const encoded = (value: string) => Buffer.from(value).toString("base64");

/** In: a printed command, lines for it. Out: the Secret that kubectl would make, and the arguments that it was given. */
async function makeSecret(command: string, lines: readonly string[]) {
  const kubectl = await ensureCarried("kubectl", currentHost());
  if (isProblem(kubectl)) throw new Error(kubectl.message);
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-identity-"));
  try {
    const given = path.join(folder, "given");
    writeFileSync(
      path.join(folder, "kubectl"),
      `#!/bin/sh\necho "$*" >> '${given}'\nexec ${kubectl?.path ?? "kubectl"} "$@" --dry-run=client --output=json\n`,
      { mode: 0o755 },
    );
    const { stdout } = await execa("bash", ["-c", command], {
      input: `${lines.join("\n")}\n`,
      env: { PATH: `${folder}:${process.env["PATH"]}`, KUBECONFIG: "/dev/null" },
    });
    return { object: JSON.parse(stdout) as object, given: readFileSync(given, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
