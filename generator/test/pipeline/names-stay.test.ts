/** Names do not follow from what else there is: a service that is taken out, or added, never renames another. */
import { beforeAll, expect, test } from "vitest";
import { evaluateFiles } from "../../src/load/evaluate.ts";
import type { Evaluation } from "../../src/load/evaluate.ts";
import { authoredFiles, readTree } from "../../src/load/tree.ts";
import { asTree } from "../../src/model/data.ts";
import { environmentFile, overlayFile, serviceFile } from "../../src/model/paths.ts";
import type { Release } from "../../src/model/platform.ts";
import type { SourceTree } from "../../src/model/tree.ts";
import { buildPlatform } from "../../src/pipeline.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { projectRoot } from "../support/repository.ts";

const tree = readTree(projectRoot);
let evaluation: Evaluation;
beforeAll(async () => {
  evaluation = await evaluateFiles(tree.root, authoredFiles(tree));
});

const nameOf = ({ facts, service }: Release) => `${facts.name}/${service.name}`;

/** Every name of a release: its namespace, its addresses, and the keys of all maps of its values, which names are. */
function namesOf(release: Release): Set<string> {
  const addresses = Object.entries(release.addresses).map((pair) => `address ${pair.join(" ")}`);
  const { service } = toHelmValues(release);
  return new Set([`namespace ${release.service.namespace}`, ...addresses, ...keysIn(service)]);
}

const keysIn = (value: unknown, path = ""): string[] =>
  Object.entries(asTree(value)).flatMap(([key, inner]) => [
    `${path}/${key}`,
    ...(key === "name" || key === "objectName" ? [`${path}/${key} ${String(inner)}`] : []),
    ...keysIn(inner, `${path}/${key}`),
  ]);

/** The releases there are without some services; undefined where what is left makes no sense. */
async function without(gone: ReadonlySet<string>): Promise<readonly Release[] | undefined> {
  const left = (names: unknown) => (names as string[]).filter((name) => !gone.has(name));
  const values = new Map(evaluation.values);
  for (const environment of tree.environments) {
    const file = environmentFile(environment);
    const authored = asTree(values.get(file));
    const spec = asTree(authored["spec"]);
    const lists = ["services", "without"].filter((field) => field in spec);
    values.set(file, {
      ...authored,
      spec: { ...spec, ...Object.fromEntries(lists.map((field) => [field, left(spec[field])])) },
    });
    for (const name of gone) values.delete(overlayFile(environment, name));
  }
  for (const name of gone) values.delete(serviceFile(name));
  const smaller: SourceTree = {
    ...tree,
    services: left(tree.services),
    overlays: new Map([...tree.overlays].map(([environment, names]) => [environment, left(names)])),
  };
  return (await buildPlatform(smaller, { values, problems: [] })).value?.releases;
}

/** A service and all that call it, and so on. */
function withCallers(name: string, releases: readonly Release[]): Set<string> {
  const found = new Set([name]);
  for (const one of found)
    for (const { service, outgoing } of releases)
      if (
        outgoing.some(
          ({ provider, operates }) => provider.service.name === one && operates !== true,
        )
      )
        found.add(service.name);
  return found;
}

test(
  "without any service, with those that call it, all others keep their names",
  { timeout: 300_000 },
  async () => {
    const all = await without(new Set());
    if (all === undefined) throw new Error("with all services there are mistakes");
    const before = new Map(all.map((release) => [nameOf(release), namesOf(release)]));
    let compared = 0;
    const renamed: string[] = [];
    for (const service of tree.services) {
      const gone = withCallers(service, all);
      for (const release of (await without(gone)) ?? []) {
        compared += 1;
        const old = before.get(nameOf(release));
        const fresh = [...namesOf(release)].filter((name) => old?.has(name) !== true);
        renamed.push(...fresh.map((name) => `without ${service}: ${nameOf(release)} has ${name}`));
      }
    }
    expect(renamed).toEqual([]);
    // Some are needed by facts of the cluster: nothing is left to compare without them.
    expect(compared).toBeGreaterThan(500);
  },
);
