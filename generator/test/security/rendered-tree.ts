/** What the committed trees under kubernetes/ would make the API server judge. */
import { globSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { loadAll } from "js-yaml";
import type { Tree } from "../../src/model/data.ts";
import { asTree } from "../../src/model/data.ts";
import { at, map, text } from "../../src/model/reading.ts";
import { projectRoot } from "../support/repository.ts";

export interface RenderedEnvironment {
  readonly name: string;
  readonly namespaces: readonly Tree[];
  /** A Pod for each template. */
  readonly pods: readonly Tree[];
  readonly roles: readonly Tree[];
  readonly policies: readonly Tree[];
  readonly bindings: readonly Tree[];
}

const templates: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
};

export function renderedTree(): RenderedEnvironment[] {
  const folder = path.join(projectRoot, "kubernetes");
  return readdirSync(folder)
    .sort()
    .map((name) => environment(name, path.join(folder, name)));
}

function environment(name: string, folder: string): RenderedEnvironment {
  const objects = globSync("*/*.yaml", { cwd: folder })
    .sort()
    .filter((file) => !file.startsWith("_argocd/"))
    .flatMap((file) => loadAll(readFileSync(path.join(folder, file), "utf8")).map(asTree));
  const ofKind = (...kinds: string[]) =>
    objects.filter((object) => kinds.includes(text(object, "kind") ?? ""));
  return {
    name,
    namespaces: ofKind("Namespace"),
    pods: objects.flatMap(podOf),
    roles: ofKind("Role", "ClusterRole"),
    policies: ofKind("ValidatingAdmissionPolicy"),
    bindings: ofKind("ValidatingAdmissionPolicyBinding"),
  };
}

function podOf(object: Tree): Tree[] {
  const template = templates[text(object, "kind") ?? ""];
  if (template === undefined) return [];
  const { name, namespace } = map(object, "metadata");
  return [
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace, ...map(object, ...template, "metadata") },
      spec: at(object, ...template, "spec"),
    },
  ];
}
