/** Whoever begins with nothing may take all of it: every service `new-service` knows, in an empty repository. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readTree } from "../../src/load/tree.ts";
import { catalogueNames } from "../../src/scaffold/new-service/catalogue.ts";
import { planNewService } from "../../src/scaffold/new-service/new-service.ts";
import { createRepository, projectRoot } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";

const environment = "prod";
const nothing = `import { because, defineEnvironment, secret } from "#rzp";

export default defineEnvironment({
  cluster: "home",
  domain: "example.com",
  revision: "refs/heads/main",
  services: [],
  spareNode: because(false, "nobody runs all of it at home"),
  backup: { every: "2h", keep: "720h", recover: because("1h", "nobody runs all of it at home"), offsite: because(false, "a test keeps nothing") },
  secrets: { backend: "infisical", project: "home", environment: "prod" },
  alerts: { receivers: { chat: { discord: secret("discord-alerts") } }, otherwise: "chat", deadMansSwitch: because(false, "not asked here") },
  signIn: { issuer: "https://id.example.com", clientId: "gateway", clientSecret: secret("sign-in") },
});
`;
const own = (file: string) => readFileSync(path.join(projectRoot, file), "utf8");

/** This repository's cluster, on which nothing runs; a second place for backups is no service's. */
function emptyRepository(): Repository {
  const repository = createRepository();
  const { write } = repository;
  const cluster = "environments/clusters/home.ts";
  write("environments/dev", undefined);
  write("charts/services", undefined);
  write("environments/tiers.ts", own("environments/tiers.ts"));
  write(cluster, own(cluster).replace(/, offsite: \{[^}]*\}/, ""));
  write(`environments/${environment}/environment.ts`, nothing);
  return repository;
}

/** Adds one, as the command does before it renders, where all are about to be there. */
function add({ root, write }: Repository, name: string): void {
  const planned = planNewService(readTree(root), {
    name,
    environment,
    isEnvironmentSaid: true,
    image: undefined,
    port: undefined,
    tiers: {},
    isOccupied: false,
    present: new Set(catalogueNames()),
    withoutProvider: [],
    hasProvider: false,
  });
  if ("problem" in planned) throw new Error(`${name}: ${planned.problem.message}`);
  for (const [file, text] of planned.scaffold.files) write(file, text);
}

test("the whole catalogue is added to nothing, rendered at once, and has no mistakes", async () => {
  using repository = emptyRepository();
  for (const name of catalogueNames()) add(repository, name);
  expect(await repository.run(["render"])).toMatchObject({ exitCode: 0, stderr: "" });
  const checked = await repository.run(["check"]);
  expect(checked).toMatchObject({ exitCode: 0, stderr: "" });
  expect(checked.stdout).toMatch(/^no mistakes found/);
  const listed = await repository.run(["list", "--format", "json"]);
  for (const name of catalogueNames()) expect(listed.stdout).toContain(`"${name}"`);
});
