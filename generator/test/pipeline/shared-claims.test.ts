/** Components that share a claim which one node may write to share its node too. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { podsOf } from "../../src/capacity/pods.ts";
import { workloadConsequences } from "../../src/explain/workload.ts";
import { readTree } from "../../src/load/tree.ts";
import { buildPlatform } from "../../src/pipeline.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { createRepository } from "../support/repository.ts";

const job = (name: string, mounts: string, more = "") =>
  `${name}: { image: "ghcr.io/example/tool:1.0.0", runs: schedule("0 4 * * *", { endsWithin: "15m" }), mounts: ${mounts}, ${more} }`;
const server = (name: string, mounts: string, more = "") =>
  `${name}: { image: "ghcr.io/example/app:1.0.0", ports: { http: 8080 }, health: { http: "/" }, mounts: ${mounts}, ${more} }`;
const data =
  'data: state({ size: "1Gi", backup: because(false, "nothing here is worth keeping") })';

/** On whose node each component's pods must be: as rendered, and as capacity places them. */
async function placed(components: readonly string[], storage = data) {
  using repository = createRepository();
  repository.write(
    "charts/services/tried/values.ts",
    `import { because, daemonSet, defineComposedService, schedule, state, statefulSet } from "#rzp";
export default defineComposedService({ tier: "media", about: "Tried with one volume for all",
  components: { ${components.join(", ")} }, storage: { ${storage} } });
`,
  );
  const prod = "environments/prod/environment.ts";
  const text = readFileSync(`${repository.root}/${prod}`, "utf8");
  repository.write(prod, text.replace('"sonarr"', '"sonarr", "tried"'));
  const { value, problems } = await buildPlatform(readTree(repository.root));
  const release = value?.releases.find(({ service }) => service.name === "tried");
  if (release === undefined) throw new Error(problems.map(({ message }) => message).join("\n"));
  const together = Object.fromEntries(
    Object.entries(toHelmValues(release).service.workloads).flatMap(([name, { pod }]) =>
      pod?.together === undefined ? [] : [[name, pod.together]],
    ),
  );
  const simulated = Object.fromEntries(
    podsOf(release, []).pods.flatMap(({ set }) =>
      set.together.length === 0
        ? []
        : [[set.name.split("/").at(-1), set.together.map((one) => one.split("/").at(-1))]],
    ),
  );
  expect(simulated).toEqual(together);
  const explained = workloadConsequences(release).filter(({ about }) => about.endsWith(", node"));
  return { together, explained };
}

describe("a claim with one writer", () => {
  test("brings a CronJob to the node of what runs all the time, and says why", async () => {
    const { together, explained } = await placed([
      job("cleanup", '{ data: "/data" }'),
      server("app", '{ data: "/data" }'),
    ]);
    expect(together).toEqual({ cleanup: ["app"] });
    expect(explained).toMatchObject([
      { about: "CronJob cleanup, node", says: "that of app, as only one node may write to data" },
    ]);
    expect(explained[0]?.causes.map(({ path }) => path.join("."))).toEqual([
      "components.cleanup.placement.together",
      "storage.data",
      "components.cleanup.runs",
    ]);
  });

  test("brings all to one node, also those that share another claim with one of them", async () => {
    const { together } = await placed(
      [
        server("a", '{ data: "/data" }'),
        server("b", '{ data: "/data", more: "/more" }'),
        server("c", '{ more: "/more" }'),
      ],
      `${data}, ${data.replace("data", "more")}`,
    );
    expect(together).toEqual({ b: ["a"], c: ["a"] });
  });

  test("leaves alone what is said, and never makes two wait for each other", async () => {
    const { together } = await placed([
      server("a", '{ data: "/data" }', 'placement: { together: ["b"] }'),
      server("b", '{ data: "/data" }'),
      job("c", '{ data: "/data" }'),
    ]);
    expect(together).toEqual({ a: ["b"], c: ["b"] });
  });
});

describe("nobody waits for another", () => {
  const main = server("main", '{ data: "/data" }');
  test.for<[string, readonly string[], string?]>([
    ["where nothing is shared", [main, job("cleanup", "{}")]],
    [
      "where several nodes can write",
      [main, job("cleanup", '{ data: "/data" }')],
      data.replace("size", 'class: "bulk", access: "many", size'),
    ],
    ["where all come and go", [job("one", '{ data: "/data" }'), job("two", '{ data: "/data" }')]],
    [
      "where each pod has a claim of its own",
      [
        server("main", '{ data: "/data" }', "runs: statefulSet()"),
        server("other", '{ more: "/data" }', "runs: statefulSet()"),
      ],
      `${data}, ${data.replace("data", "more")}`,
    ],
  ])("%s", async ([, components, storage]) => {
    expect((await placed(components, storage)).together).toEqual({});
  });
});
