/** What this repository's environments render, and which Application deploys which file. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { projectRoot } from "../support/repository.ts";

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
  readonly spec: Readonly<Record<string, unknown>>;
}
interface Source {
  readonly repoURL: string;
  readonly chart?: string;
  readonly path?: string;
  readonly directory?: { readonly include: string };
}
interface Filed {
  readonly file: string;
  readonly object: KubernetesObject;
}

export const environments = ["dev", "prod", "staging"] as const;
export const folderOf = (environment: string) => path.join(projectRoot, "kubernetes", environment);
export const objectsIn = (folder: string): Filed[] =>
  readdirSync(folder).map((file) => ({
    file,
    object: load(readFileSync(path.join(folder, file), "utf8")) as KubernetesObject,
  }));
export const applicationsOf = (environment: string) =>
  objectsIn(path.join(folderOf(environment), "_argocd"))
    .filter(({ object }) => object.kind === "Application")
    .map(({ object }) => object);
export const sourcesOf = (application: KubernetesObject) =>
  (application.spec["sources"] ?? [application.spec["source"]]) as readonly Source[];

/** Files of a service's folder one Application takes. */
export function filesOf(environment: string, application: KubernetesObject): string[] {
  return sourcesOf(application).flatMap(({ path: folder, directory }) => {
    if (folder === undefined) return [];
    const all = readdirSync(path.join(projectRoot, folder));
    const include = directory?.include ?? "";
    const wanted = include === "*.yaml" ? all : include.replace(/^\{(.*)\}$/, "$1").split(",");
    return wanted.map((file) => `${folder.slice(`kubernetes/${environment}/`.length)}/${file}`);
  });
}

/** An object of an environment, with the waves it comes in: its Application's, then its own in there. */
export interface Deployed {
  readonly object: KubernetesObject;
  readonly file: string;
  readonly application: string;
  readonly layer: number;
  readonly wave: number;
}

/** All objects of an environment but those of Argo CD itself. */
export function deployedIn(environment: string): Deployed[] {
  return applicationsOf(environment)
    .filter(({ metadata }) => metadata.name !== environment)
    .flatMap((application) =>
      filesOf(environment, application).map((file) => {
        const text = readFileSync(path.join(folderOf(environment), file), "utf8");
        const object = load(text) as KubernetesObject;
        return {
          object,
          file,
          application: application.metadata.name,
          layer: waveOf(application),
          wave: waveOf(object),
        };
      }),
    );
}

/** Its wave; 0 unless it says one. */
export const waveOf = ({ metadata }: KubernetesObject): number =>
  Number(metadata.annotations?.["argocd.argoproj.io/sync-wave"] ?? 0);
