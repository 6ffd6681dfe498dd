/** Rendered objects of an environment, as Argo CD would apply them. */
import { parseAllDocuments } from "yaml";
import type { Api, KubernetesObject } from "../../cluster/api.ts";
import { applyAll } from "../../cluster/api.ts";
import { readRenderedFiles } from "../../src/tools/rendered-files.ts";
import { root } from "./local.ts";

export interface RenderedObject {
  readonly file: string;
  readonly environment: string;
  readonly object: KubernetesObject;
}

/** All objects of all environments, by file; of this repository, unless a copy is named. */
export async function renderedObjects(from = root): Promise<readonly RenderedObject[]> {
  const files = await readRenderedFiles(from);
  return files.flatMap(({ file, environment, text }) =>
    parseAllDocuments(text).map((document) => ({
      file,
      environment,
      object: document.toJS() as KubernetesObject,
    })),
  );
}

/** Objects of one environment. */
export async function objectsOf(
  environment: string,
  from = root,
): Promise<readonly KubernetesObject[]> {
  const all = await renderedObjects(from);
  return all.filter((one) => one.environment === environment).map(({ object }) => object);
}

/** Applies objects of kinds, one kind after the other. */
export async function applyKinds(
  api: Api,
  objects: readonly KubernetesObject[],
  kinds: readonly string[],
): Promise<void> {
  for (const kind of kinds)
    await applyAll(
      api,
      objects.filter((object) => object.kind === kind),
    );
}
