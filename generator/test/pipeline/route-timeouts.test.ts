import { expect, test } from "vitest";
import { readTree } from "../../src/load/tree.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { releasesOf } from "../support/releases.ts";
import { createRepository } from "../support/repository.ts";

const service = (route: string) => `import { defineService } from "#rzp";
export default defineService({
  tier: "media",
  about: "Finds, downloads and renames television series",
  image: "ghcr.io/home-operations/sonarr:4.0.16.2944",
  ports: { http: 8989 },
  health: { http: "/ping" },
  routes: { web: { to: "http", audience: "internal", ${route} } },
});
`;

async function timeoutsOf(route: string): Promise<unknown> {
  using repository = createRepository({
    files: {
      "charts/services/sonarr/values.ts": service(route),
      "environments/prod/environment.ts": `import { defineEnvironment } from "#rzp";
export default defineEnvironment({
  cluster: "home", domain: "example.com", revision: "refs/heads/prod", services: ["sonarr"],
  secrets: { backend: "fake" },
});
`,
      "environments/dev/environment.ts": undefined,
      "environments/dev/sonarr.ts": undefined,
    },
  });
  const tree = readTree(repository.root);
  const releases = await releasesOf(tree);
  return releases.flatMap((release) =>
    (toHelmValues(release, tree.sources).service.routes["web"]?.rules ?? []).map(
      ({ timeout }) => timeout,
    ),
  );
}

test.for([
  ["no limit unless said", 'host: "tv", signIn: "own"', ["0s"]],
  ["on every path", 'host: "tv", signIn: "own", paths: ["/a", "/b"]', ["0s", "0s"]],
  ["the route's", 'host: "tv", signIn: "own", timeout: "30s"', ["30s"]],
  [
    "a rule's own before the route's, none for a redirect",
    'host: "tv", signIn: "own", timeout: "30s", rules: { a: { path: "/a" }, b: { path: "/b", timeout: "0s" }, c: { path: "/c", redirect: "x.example.com" } }',
    ["30s", "0s", undefined],
  ],
  ["only of HTTP", 'kind: "tcp", listener: 8883', [undefined]],
  ["only of HTTP: not gRPC", 'kind: "grpc", host: "tv", signIn: "own"', [undefined]],
] as const)("%s", async ([, route, timeouts]) => {
  expect(await timeoutsOf(route)).toEqual(timeouts);
});
