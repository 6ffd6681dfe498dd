/** Secrets in words, each with the facts that ask for it. That causes are exact is shown for all concerns in facts.test.ts. */
import { expect, test } from "vitest";
import { secretConsequences } from "../../src/explain/secrets.ts";
import { readTree } from "../../src/load/tree.ts";
import { buildPlatform } from "../../src/pipeline.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { createRepository } from "../support/repository.ts";

/** Nobody consumes it, and no environment says something else about it. */
const alone = "recyclarr";
const file = `charts/services/${alone}/values.ts`;

async function releaseOf(service: string, text?: string) {
  using repository = createRepository(text === undefined ? {} : { files: { [file]: text } });
  const { value, problems } = await buildPlatform(readTree(repository.root));
  const release = value?.releases.find(
    (each) => each.service.name === service && each.facts.name === "prod",
  );
  if (release === undefined) throw new Error(JSON.stringify(problems));
  return release;
}
const told = async (service: string) =>
  secretConsequences(await releaseOf(service)).map(({ about, says }) => `${about}: ${says}`);

const written = (more: string) => `import { defineService, schedule, secret } from "#rzp";
export default defineService({
  tier: "media",
  about: "Keeps quality profiles in step",
  image: "ghcr.io/recyclarr/recyclarr:8.7.1",
  health: { exec: ["true"] },
  ${more}
});
`;

test("a consumer: its own, the credential of its edge, its paths, its restarts", async () => {
  expect(await told("sonarr")).toEqual([
    "Secret from-postgres, key password: from /edges/postgres/sonarr/password of store prod-media, for variable SONARR__POSTGRES__PASSWORD of main",
    "Secret own, key api-key: from /services/sonarr/api-key of store prod-media, for variable SONARR__AUTH__APIKEY of main",
    "value of /services/sonarr/api-key, Secret own: filled in by hand, for variable SONARR__AUTH__APIKEY of main",
    "Namespace media-sonarr, path /edges/postgres/sonarr/: its ExternalSecrets may read it, for variable SONARR__POSTGRES__PASSWORD of main",
    "Namespace media-sonarr, path /services/sonarr/: its ExternalSecrets may read it, for variable SONARR__AUTH__APIKEY of main",
    "pods of sonarr, Secret from-postgres: its Deployment tells Reloader to restart them when it changes, for variable SONARR__POSTGRES__PASSWORD of main",
    "pods of sonarr, Secret own: its Deployment tells Reloader to restart them when it changes, for variable SONARR__AUTH__APIKEY of main",
  ]);
});

test("a provider of logins: one password each, and that of the owner; no pods of ours restart", async () => {
  const words = await told("postgres");
  expect(words).toContain(
    "Secret login-sonarr, key password: from /edges/postgres/sonarr/password of store prod-data, for the login of sonarr/main",
  );
  expect(words).toContain(
    "Secret postgres-owner, key password: from /services/postgres/owner-password of store prod-data, for the owner of the first database of postgres",
  );
  expect(words.filter((text) => text.includes("Reloader"))).toEqual([]);
});

test("the two ends of an edge read one path, and roles and databases come from the same login", async () => {
  const [consumer, provider] = [await releaseOf("sonarr"), await releaseOf("postgres")].map(
    (release) => toHelmValues(release).service,
  );
  const path = "/edges/postgres/sonarr/password";
  expect(consumer?.externalSecrets["from-postgres"]?.data).toEqual({ password: path });
  expect(provider?.externalSecrets["login-sonarr"]).toMatchObject({
    data: { password: path },
    template: { username: "sonarr" },
  });
  expect(provider?.postgres["main"]).toMatchObject({
    owner: "postgres-owner",
    roles: { sonarr: { secret: "login-sonarr" } },
    databases: { sonarr: { owner: "sonarr" } },
  });
});

test("a job reads anew each time, and restarts nothing; a file counts like a variable", async () => {
  const restarts = async (more: string) =>
    toHelmValues(await releaseOf(alone, written(more))).service.workloads["main"]?.restartsWith;
  expect(await restarts('env: { KEY: secret("key") },')).toEqual(["own"]);
  expect(await restarts('files: { "/etc/key": secret("key") },')).toEqual(["own"]);
  expect(await restarts('envFrom: ["."],')).toEqual(["folder"]);
  expect(await restarts('pullSecret: secret("registry"),')).toBeUndefined();
  const daily = 'runs: schedule("0 4 * * *", { endsWithin: "15m" }),';
  const job = written(`${daily} env: { KEY: secret("key") },`).replace(/ *health.*\n/, "");
  expect(
    toHelmValues(await releaseOf(alone, job)).service.workloads["main"]?.restartsWith,
  ).toBeUndefined();
});

test("what may be generated is told with the fact that says so; without it, that it is not there", async () => {
  const reading = 'env: { KEY: secret("api-key") },';
  const originOf = async (facts: string) =>
    secretConsequences(await releaseOf(alone, written(`${reading} ${facts}`))).find(
      ({ rule }) => rule === "secret-made",
    );
  const said = await originOf('secrets: { "api-key": { generate: "hex", length: 40 } },');
  expect(said?.says).toBe(
    "generated by npm run secrets: 40 characters, hex, for variable KEY of main",
  );
  expect(said?.causes.map(({ path, absent }) => [path.join("."), absent])).toEqual([
    ["env.KEY", undefined],
    ["secrets.api-key.generate", undefined],
    ["secrets.api-key.length", undefined],
  ]);
  const unsaid = await originOf("");
  expect(unsaid?.causes.at(-1)).toEqual({
    file,
    path: ["secrets", "api-key", "generate"],
    absent: true,
  });
});
