/** The repository as the proof reads it: merged facts of each environment, and its rendered objects. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { evaluateFiles } from "../../../../src/load/evaluate.ts";
import { authoredFiles, readTree } from "../../../../src/load/tree.ts";
import type { EnvironmentServices } from "../../../../src/model/tree.ts";
import { model } from "../../../../src/judge.ts";
import { overlayEnvironment } from "../../../../src/overlay/environment.ts";
import { validateTree } from "../../../../src/validate/tree.ts";

type Labels = Readonly<Record<string, string>>;

export interface RenderedObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
  };
  readonly spec?: unknown;
}

export interface RenderedService {
  readonly environment: string;
  readonly service: string;
  readonly objects: readonly RenderedObject[];
}

/** In: the root of a repository. Out: its environments by cluster, overlays merged. */
export async function environmentsByCluster(
  root: string,
): Promise<Map<string, EnvironmentServices[]>> {
  const tree = readTree(root);
  const { values } = await evaluateFiles(root, authoredFiles(tree));
  const { authored } = validateTree(tree, values, model);
  const environments = tree.environments.flatMap(
    (name) => overlayEnvironment(tree, authored, name, model).result ?? [],
  );
  return Map.groupBy(environments, ({ facts }) => facts.clusterName);
}

/** In: the root, and an environment. Out: what is rendered of each of its services. */
export function renderedServices(
  root: string,
  { facts, services }: EnvironmentServices,
): RenderedService[] {
  return [...services.keys()].map((service) => {
    const folder = path.join(root, "kubernetes", facts.name, service);
    return {
      environment: facts.name,
      service,
      objects: readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".yaml"))
        .sort()
        .map((file) => parse(readFileSync(path.join(folder, file), "utf8")) as RenderedObject),
    };
  });
}
