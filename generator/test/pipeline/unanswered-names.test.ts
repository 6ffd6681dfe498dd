/** Which names of the cluster a component's own name servers are told not to know; how it is told is in bad-input. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { checkRepository, createRepository } from "../support/repository.ts";

const prowlarr = "charts/services/prowlarr/values.ts";
const sonarr = "charts/services/sonarr/values.ts";
const url = 'THERE: from("sonarr", "url")';

/** In: a variable of prowlarr, lines of its /etc/hosts. Out: the names it is told to lack. */
async function told(variable: string, hosts: readonly string[] = []): Promise<string[]> {
  using repository = createRepository();
  const change = (file: string, from: string, to: string) =>
    repository.write(
      file,
      readFileSync(path.join(repository.root, file), "utf8").replace(from, to),
    );
  change(sonarr, "offers: {", 'offers: { "webhook-url": secret("webhook"),');
  change(prowlarr, "env: {", `env: { ${variable},`);
  const lines = hosts.map((name) => `"${name}": "10.96.7.7"`).join(", ");
  change(
    prowlarr,
    "reaches:",
    `network: { nameservers: ["9.9.9.9"], hosts: { ${lines} } }, reaches:`,
  );
  const problems = await checkRepository(repository.root);
  return problems.flatMap(({ code, expected = "" }) =>
    [...expected.matchAll(/line for (\S+)/g)].map(([, name = ""]) => `${code} ${name}`),
  );
}

test("the name in an address, in full", async () => {
  expect(await told(url)).toEqual([
    "NAME_UNANSWERED sonarr.dev-media-sonarr.svc.cluster.local",
    "NAME_UNANSWERED sonarr.media-sonarr.svc.cluster.local",
  ]);
});

test.for(["media-sonarr", "sonarr.media-sonarr", "sonarr.media-sonarr.example.com"])(
  "also beside a line for %s, which is another name",
  async (name) => {
    expect(await told(url, [name])).toHaveLength(2);
  },
);

test("none that has a line of its own", async () => {
  expect(await told(url, ["sonarr.media-sonarr.svc.cluster.local"])).toEqual([
    "NAME_UNANSWERED sonarr.dev-media-sonarr.svc.cluster.local",
  ]);
});

test.for(["api-key", "webhook-url", "port"])("none in %s, which is no address", async (key) => {
  expect(await told(`THERE: from("sonarr", "${key}")`)).toEqual([]);
});
