/** How much one route may say. What is more than that: `bad-input`. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { checkRepository, createRepository } from "../support/repository.ts";

const sonarr = "charts/services/sonarr/values.ts";
const many = (count: number, of: string) => `Array.from({ length: ${count} }, (_, i) => ${of})`;
const hosts = (count: number) => `host: ${many(count, "`sonarr-${i}`")}`;

/** Messages when the route of Sonarr is another one. */
async function told(route: string): Promise<string[]> {
  using repository = createRepository();
  const text = readFileSync(path.join(repository.root, sonarr), "utf8");
  repository.write(
    sonarr,
    text.replace(/web: \{[^}]*\}/, `web: { ${route}, audience: "internal" }`),
  );
  return (await checkRepository(repository.root)).map(({ message }) => message);
}

test("sixteen hosts, paths or rules are no mistake", async () => {
  const paths = `paths: ${many(16, "`/${i}`")}`;
  const rules = `rules: Object.fromEntries(${many(16, "[`r${i}`, { path: `/${i}` }]")})`;
  expect(await told(`${hosts(16)}, to: "http", signIn: "own", ${paths}`)).toEqual([]);
  expect(await told(`${hosts(1)}, to: "http", signIn: "own", ${rules}`)).toEqual([]);
});

test("a route of kind tls takes more hosts", async () => {
  const limit = "a route takes 16 hosts at most";
  expect(await told(`${hosts(17)}, to: "http", kind: "grpc"`)).toContain(limit);
  expect(await told(`${hosts(17)}, to: "http", kind: "tls"`)).not.toContain(limit);
});
