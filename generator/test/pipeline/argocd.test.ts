/** What Argo CD gets of each environment of this repository. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { layers } from "../../src/model/layers.ts";
import { applicationHealth } from "../../src/authoring/argocd.ts";
import {
  applicationsOf,
  deployedIn,
  environments,
  filesOf,
  folderOf,
  objectsIn,
  sourcesOf,
} from "./deployed.ts";
import type { KubernetesObject } from "./deployed.ts";

const legalName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

describe.for(environments)("%s", (environment) => {
  const applications = applicationsOf(environment);

  test("every rendered file is synced by exactly one Application", () => {
    const synced = applications.flatMap((application) => filesOf(environment, application)).sort();
    // What helps to bring an environment back is for people only.
    const rendered = readdirSync(folderOf(environment))
      .filter((folder) => folder !== "_recovery")
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

  test("waves follow the layers, and monitors come with the last one", () => {
    const waves = Object.fromEntries(layers.map((layer, index) => [layer, index * 10]));
    for (const { metadata } of applications.filter(
      ({ metadata: { name } }) => name !== environment,
    )) {
      const layer = metadata.labels?.["rzp.local/layer"] ?? "";
      const wave = { ...waves, monitors: waves["applications"] }[layer];
      expect(metadata.annotations?.["argocd.argoproj.io/sync-wave"]).toBe(String(wave));
    }
  });

  test("monitors are in Applications of their own", () => {
    const monitors = deployedIn(environment).filter(({ object }) =>
      object.apiVersion.startsWith("monitoring.coreos.com/"),
    );
    expect(monitors.length).toBeGreaterThan(2);
    const theirs = applications.filter(({ metadata }) => metadata.name.endsWith(".monitors"));
    expect(theirs.flatMap((application) => filesOf(environment, application)).sort()).toEqual(
      monitors.map(({ file }) => file).sort(),
    );
  });

  test("the root syncs itself, before all others", () => {
    const root = applications.find(({ metadata }) => metadata.name === environment);
    expect(root?.metadata.namespace).toBe("argocd");
    expect(sourcesOf(root as KubernetesObject)).toMatchObject([
      { path: `kubernetes/${environment}/_argocd`, directory: { include: "*.yaml" } },
    ]);
    expect(readdirSync(path.join(folderOf(environment), "_argocd"))).toContain(
      `application-${environment}.yaml`,
    );
  });

  test("each prunes, heals itself, tries again, and takes its objects along", () => {
    for (const { metadata, spec } of applications) {
      expect(metadata.finalizers).toEqual(["resources-finalizer.argocd.argoproj.io/foreground"]);
      expect(spec["syncPolicy"]).toMatchObject({
        automated: { prune: true, selfHeal: true },
        retry: { limit: 10, refresh: true },
        syncOptions: expect.arrayContaining(["ServerSideApply=true", "FailOnSharedResource=true"]),
      });
    }
  });

  test("each but the root is compared by the server, and leaves out only what controllers fill in", () => {
    for (const { metadata, spec } of applications.filter(
      ({ metadata: { name } }) => name !== environment,
    )) {
      const { annotations = {} } = metadata;
      expect(annotations["argocd.argoproj.io/compare-options"]).toBe("ServerSideDiff=true");
      const ignored = spec["ignoreDifferences"] as { kind: string; jqPathExpressions: string[] }[];
      expect(ignored.map(({ kind }) => kind)).toEqual([
        "MutatingWebhookConfiguration",
        "ValidatingWebhookConfiguration",
        "CustomResourceDefinition",
      ]);
      expect(ignored.flatMap((one) => one.jqPathExpressions).every(isCaBundle)).toBe(true);
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
    for (const { file, object } of holding) {
      const { annotations = {} } = object.metadata;
      expect(annotations["argocd.argoproj.io/sync-options"], file).toContain(
        "Prune=false,Delete=false",
      );
      // In no file any more, it must not leave its Application out of sync.
      expect(annotations["argocd.argoproj.io/compare-options"], file).toBe("IgnoreExtraneous");
    }
  });

  const projects = new Map(
    objectsIn(path.join(folderOf(environment), "_argocd"))
      .filter(({ object }) => object.kind === "AppProject")
      .map(({ object }) => [object.metadata.name, object.spec as unknown as Project]),
  );
  const limitsOf = (name: string): Project => {
    const project = projects.get(name);
    if (project === undefined) throw new Error(`there is no project ${name}`);
    return project;
  };

  test("every project says in a sentence what is in it", () => {
    expect(projects.size).toBeGreaterThan(3);
    for (const [name, { description }] of projects) expect(description, name).toMatch(/^[A-Z].* /);
  });

  test("every object is within the limits of its project", () => {
    for (const application of applications) {
      const project = limitsOf(String(application.spec["project"]));
      const { sourceRepos } = project;
      for (const { repoURL } of sourcesOf(application)) expect(sourceRepos).toContain(repoURL);
      expect(sourceRepos).not.toContain("*");
      const { namespace } = application.spec["destination"] as { namespace: string };
      expect(isDestination(project, namespace), namespace).toBe(true);
      for (const file of filesOf(environment, application)) {
        const [object] = objectsIn(path.join(folderOf(environment), path.dirname(file)))
          .filter((one) => one.file.endsWith(path.basename(file)))
          .map((one) => one.object);
        expect(object !== undefined && isAllowed(project, object), file).toBe(true);
      }
    }
  });

  test("a tier's project lets in its own namespaces and volumes alone, by name, and any kind only for charts that are fetched", () => {
    const fetching = new Set(
      applications
        .filter((application) => sourcesOf(application).some(({ chart }) => chart !== undefined))
        .map(({ spec }) => String(spec["project"])),
    );
    const tiers = [...projects].filter(([name]) => !/^[^-]+(?:-environment)?$/.test(name));
    for (const [name, { clusterResourceWhitelist: allowed, destinations }] of tiers) {
      expect(
        allowed.some(({ kind }) => kind === "*"),
        name,
      ).toBe(fetching.has(name));
      expect(destinations.map(({ namespace }) => namespace)).not.toContain("*");
      if (fetching.has(name)) continue;
      const beginning = name.slice(environment.length + 1);
      for (const kind of ["Namespace", "PersistentVolume"])
        for (const one of allowed.filter((entry) => entry.kind === kind))
          expect(one.name, `${name} ${kind}`).toMatch(new RegExp(`^(?:\\w+-)?${beginning}-`));
    }
    expect(tiers.length).toBeGreaterThan(fetching.size);
  });

  test("a tier's project does not follow from who is in it", () => {
    const tiers = [...projects].filter(
      ([name]) => ![environment, `${environment}-environment`].includes(name),
    );
    expect(tiers.length).toBeGreaterThan(3);
    for (const [name, project] of tiers) {
      const tier = name.slice(environment.length + 1);
      const any = project.destinations.find(({ namespace }) => namespace.endsWith(`${tier}-*`));
      expect(any, name).toBeDefined();
      // Any service that goes takes a workload, a volume and its rights along.
      for (const kind of [
        "StatefulSet",
        "CronJob",
        "PersistentVolumeClaim",
        "RoleBinding",
        "Probe",
      ])
        expect(kindsOf(project), name).toEqual(expect.arrayContaining([kind]));
    }
  });
});

const isCaBundle = (path: string) => path.endsWith(".clientConfig.caBundle");

interface Allowed {
  readonly group: string;
  readonly kind: string;
  readonly name?: string;
}
interface Project {
  readonly description: string;
  readonly sourceRepos: readonly string[];
  readonly destinations: readonly { readonly namespace: string }[];
  readonly clusterResourceWhitelist: readonly Allowed[];
  readonly namespaceResourceWhitelist: readonly Allowed[];
}

const isDestination = ({ destinations }: Project, name: string): boolean =>
  destinations.some(({ namespace }) => path.matchesGlob(name, namespace));

/** As Argo CD asks it (IsResourcePermitted of its AppProject). */
function isAllowed(project: Project, { apiVersion, kind, metadata }: KubernetesObject): boolean {
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  const { namespace, name } = metadata;
  const list =
    namespace === undefined ? project.clusterResourceWhitelist : project.namespaceResourceWhitelist;
  const isListed = list.some(
    (one) =>
      (one.kind === "*" || one.kind === kind) &&
      (one.group === "*" || one.group === group) &&
      (one.name === undefined || path.matchesGlob(name, one.name)),
  );
  return isListed && (namespace === undefined || isDestination(project, namespace));
}

/** Names of allowed kinds; all of these where any is allowed. */
const kindsOf = ({ namespaceResourceWhitelist }: Project): readonly string[] => {
  const kinds = namespaceResourceWhitelist.map(({ kind }) => kind);
  return kinds.includes("*")
    ? ["StatefulSet", "CronJob", "PersistentVolumeClaim", "RoleBinding", "Probe"]
    : kinds;
};

test("an upstream chart is one source, RZP's own objects the other", () => {
  const charts = environments.flatMap((environment) =>
    applicationsOf(environment)
      .filter(({ spec }) => spec["sources"] !== undefined)
      .map((application) => ({ environment, sources: sourcesOf(application) })),
  );
  expect(charts.length).toBeGreaterThan(10);
  for (const { environment, sources } of charts) {
    const [chart, own, ...more] = sources;
    expect(more).toEqual([]);
    expect(chart?.chart).toBeTruthy();
    expect(chart?.repoURL).not.toMatch(/^oci:/);
    expect(own?.path).toMatch(new RegExp(`^kubernetes/${environment}/`));
  }
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

test("Argo CD has the health check that knows who syncs itself, and tracks by annotation", () => {
  const argocd = applicationsOf("prod").find(({ metadata }) => metadata.name === "prod.argo-cd");
  const { cm } = (
    (argocd?.spec["sources"] ?? []) as { helm?: { valuesObject: { configs: { cm: object } } } }[]
  )[0]?.helm?.valuesObject.configs ?? { cm: {} };
  expect(cm).toMatchObject({
    "resource.customizations.health.argoproj.io_Application": applicationHealth,
  });
  expect(Object.keys(cm)).not.toContain("application.resourceTrackingMethod");
});
