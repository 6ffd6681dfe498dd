/** What Argo CD gets of each environment of this repository. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { layers } from "../../src/model/tiers.ts";
import { projectRoot } from "../support/repository.ts";

interface KubernetesObject {
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

const environments = ["dev", "prod", "staging"] as const;
const folderOf = (environment: string) => path.join(projectRoot, "kubernetes", environment);
const objectsIn = (folder: string): Filed[] =>
  readdirSync(folder).map((file) => ({
    file,
    object: load(readFileSync(path.join(folder, file), "utf8")) as KubernetesObject,
  }));
const applicationsOf = (environment: string) =>
  objectsIn(path.join(folderOf(environment), "_argocd"))
    .filter(({ object }) => object.kind === "Application")
    .map(({ object }) => object);
const sourcesOf = (application: KubernetesObject) =>
  (application.spec["sources"] ?? [application.spec["source"]]) as readonly Source[];
const legalName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/** Files of a service's folder one Application takes. */
function filesOf(environment: string, application: KubernetesObject): string[] {
  return sourcesOf(application).flatMap(({ path: folder, directory }) => {
    if (folder === undefined) return [];
    const all = readdirSync(path.join(projectRoot, folder));
    const include = directory?.include ?? "";
    const wanted = include === "*.yaml" ? all : include.replace(/^\{(.*)\}$/, "$1").split(",");
    return wanted.map((file) => `${folder.slice(`kubernetes/${environment}/`.length)}/${file}`);
  });
}

describe.for(environments)("%s", (environment) => {
  const applications = applicationsOf(environment);

  test("every rendered file is synced by exactly one Application", () => {
    const synced = applications.flatMap((application) => filesOf(environment, application)).sort();
    const rendered = readdirSync(folderOf(environment))
      .flatMap((folder) =>
        readdirSync(path.join(folderOf(environment), folder)).map((file) => `${folder}/${file}`),
      )
      .sort();
    expect(synced).toEqual(rendered);
  });

  test("names are legal and say environment, service and layer", () => {
    for (const { metadata } of applications) {
      expect(metadata.name).toMatch(legalName);
      expect(metadata.name.split(".")[0]).toBe(environment);
    }
  });

  test("waves follow the layers", () => {
    for (const { metadata } of applications.filter(
      ({ metadata: { name } }) => name !== environment,
    )) {
      const layer = layers.findIndex((name) => name === metadata.labels?.["rzp.local/layer"]);
      expect(metadata.annotations?.["argocd.argoproj.io/sync-wave"]).toBe(String(layer * 10));
    }
  });

  test("each prunes, heals itself, tries again, and takes its objects along", () => {
    for (const { metadata, spec } of applications) {
      expect(metadata.finalizers).toEqual(["resources-finalizer.argocd.argoproj.io"]);
      expect(spec["syncPolicy"]).toMatchObject({
        automated: { prune: true, selfHeal: true },
        retry: { limit: 10, refresh: true },
        syncOptions: expect.arrayContaining(["ServerSideApply=true", "FailOnSharedResource=true"]),
      });
    }
  });

  test("what holds data is never pruned and never deleted along", () => {
    const holding = readdirSync(folderOf(environment))
      .filter((folder) => !folder.startsWith("_"))
      .flatMap((folder) => objectsIn(path.join(folderOf(environment), folder)))
      .filter(
        ({ object: { kind } }) =>
          ["Namespace", "PersistentVolumeClaim", "PersistentVolume", "Database"].includes(kind) ||
          kind === "Cluster",
      );
    expect(holding.length).toBeGreaterThan(20);
    for (const { file, object } of holding)
      expect(object.metadata.annotations?.["argocd.argoproj.io/sync-options"], file).toContain(
        "Prune=false,Delete=false",
      );
  });

  test("every object is within the limits of its project", () => {
    const projects = new Map(
      objectsIn(path.join(folderOf(environment), "_argocd"))
        .filter(({ object }) => object.kind === "AppProject")
        .map(({ object }) => [object.metadata.name, object]),
    );
    for (const application of applications) {
      const project = projects.get(String(application.spec["project"]));
      expect(project, application.metadata.name).toBeDefined();
      const { sourceRepos, destinations } = (project?.spec ?? {}) as {
        sourceRepos: string[];
        destinations: { namespace: string }[];
      };
      for (const { repoURL } of sourcesOf(application)) expect(sourceRepos).toContain(repoURL);
      expect(destinations.map(({ namespace }) => namespace)).toContain(
        (application.spec["destination"] as { namespace: string }).namespace,
      );
      expect(sourceRepos).not.toContain("*");
    }
  });

  test("an upstream chart is one source, RZP's own objects the other", () => {
    for (const application of applications.filter(({ spec }) => spec["sources"] !== undefined)) {
      const [chart, own, ...more] = sourcesOf(application);
      expect(more).toEqual([]);
      expect(chart?.chart).toBeTruthy();
      expect(chart?.repoURL).not.toMatch(/^oci:/);
      expect(own?.path).toMatch(new RegExp(`^kubernetes/${environment}/`));
    }
  });
});

test("Applications of two environments never share a name", () => {
  const names = environments.flatMap((environment) =>
    applicationsOf(environment).map(({ metadata }) => metadata.name),
  );
  expect(new Set(names).size).toBe(names.length);
});

test("the carrier's charts come before what they configure", () => {
  const waveOf = (name: string) =>
    Number(
      applicationsOf("prod").find(({ metadata }) => metadata.name === name)?.metadata.annotations?.[
        "argocd.argoproj.io/sync-wave"
      ],
    );
  for (const service of ["cert-manager", "metallb", "envoy-gateway"])
    expect(waveOf(`prod.${service}`)).toBeLessThan(waveOf(`prod.${service}.configuration`));
  expect(waveOf("prod.external-secrets")).toBeLessThan(waveOf("prod.environment.configuration"));
  expect(waveOf("prod.environment.configuration")).toBeLessThan(waveOf("prod.postgres"));
  expect(waveOf("prod.postgres")).toBeLessThan(waveOf("prod.sonarr"));
});
