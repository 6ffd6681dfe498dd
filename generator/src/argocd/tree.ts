/** All objects Argo CD needs of an environment, as files. */
import { argocdNamespace } from "../model/names.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import type { RenderedRelease, StoreNeed } from "../model/rendered.ts";
import type { Layer } from "../model/layers.ts";
import { layerOf, layerOfObject, objectLayers } from "../release/layers.ts";
import type { ObjectLayer } from "../release/layers.ts";
import { argocdFolder, environmentFile, tiersFile } from "../model/paths.ts";
import { readHeader } from "../output/header.ts";
import { markedFile } from "../output/marker.ts";
import type { OutputFile } from "../output/files.ts";
import { yaml } from "../output/yaml.ts";
import { application, ownFolder, rootApplication } from "./applications.ts";
import {
  applicationName,
  isOfAnother,
  namespaceBeginning,
  ownService,
  projectName,
  rootName,
} from "../model/names.ts";
import type { ServiceLayer } from "./applications.ts";
import { admissionBindings, admissionPolicies } from "./admission.ts";
import { chartInstallation } from "./charts.ts";
import { platformRuleObjects } from "./monitoring.ts";
import { recoveryFiles } from "./recovery.ts";
import { priorityClasses, secretStores } from "./platform.ts";
import { rootProject, tierProject } from "./projects.ts";

/** In: an environment and its rendered releases. Out: the files of `_argocd`, `_environment` and `_recovery`. */
export function argocdFiles(
  facts: EnvironmentFacts,
  releases: readonly RenderedRelease[],
): OutputFile[] {
  const platform = platformObjects(facts, releases);
  const parts = releases.flatMap(({ release, manifests }) =>
    serviceLayers(facts, release, manifests),
  );
  const platformParts = platformLayers(platform);
  const objects = [
    ["appproject", rootName(facts.name), rootProject(facts)] as const,
    ["application", rootName(facts.name), rootApplication(facts, rootName(facts.name))] as const,
    ...tierProjects(facts, releases, platform),
    ...parts.map(({ part, own }) => named(facts, part, own)),
    ...platformParts.map((part) => named(facts, part, undefined)),
  ];
  const source = environmentFile(facts.name);
  return [
    ...objects.map(([kind, name, object]) =>
      markedFile({
        path: `${argocdFolder(facts.name)}/${kind}-${name}.yaml`,
        source,
        comment: "#",
        body: yaml(object),
      }),
    ),
    ...platform.map(({ path, text }) =>
      markedFile({ path, source: tiersFile, comment: "#", body: text }),
    ),
    ...recoveryFiles(
      facts,
      releases.map(({ release }) => release),
      parts.map(({ part, own }) => ({
        file: `application-${applicationName(facts.name, part, own)}.yaml`,
        service: part.service,
        layer: part.layer,
      })),
    ),
  ];
}

function named(facts: EnvironmentFacts, part: ServiceLayer, own: Layer | undefined) {
  const name = applicationName(facts.name, part, own);
  return ["application", name, application(facts, part, name)] as const;
}

interface PlatformObject {
  readonly path: string;
  readonly file: string;
  readonly text: string;
  readonly layer: ObjectLayer;
}

function platformObjects(facts: EnvironmentFacts, needs: readonly StoreNeed[]): PlatformObject[] {
  return [
    ...priorityClasses(facts),
    ...admissionPolicies(facts),
    ...admissionBindings(facts),
    ...secretStores(facts, needs),
    ...platformRuleObjects(
      facts,
      needs.map(({ release }) => release),
    ),
  ].map((object) => {
    const text = yaml(object);
    const header = readHeader(text);
    const file = `${header.kind.toLowerCase()}-${header.name}.yaml`;
    return {
      path: `${ownFolder(facts.name)}/${file}`,
      file,
      text,
      layer: layerOfObject(header, "platform"),
    };
  });
}

/** The pseudo-service of the environment's own objects, one part per layer it has. */
function platformLayers(objects: readonly PlatformObject[]): ServiceLayer[] {
  return objectLayers
    .map((layer) => ({
      layer,
      files: objects
        .filter((object) => object.layer === layer)
        .map((object) => object.file)
        .sort(),
    }))
    .filter(({ files }) => files.length > 0)
    .map(({ layer, files }) => ({
      service: ownService,
      tier: ownService,
      namespace: argocdNamespace,
      layer,
      files,
    }));
}

function serviceLayers(
  facts: EnvironmentFacts,
  release: Release,
  manifests: RenderedRelease["manifests"],
): { part: ServiceLayer; own: Layer }[] {
  const own = layerOf(release.service, facts);
  const byLayer = new Map<ObjectLayer, string[]>();
  const isChart = release.service.kind === "chart";
  for (const manifest of manifests) {
    // Hooks of a chart run before everything else of their Application, and need their namespace.
    const layer =
      isChart && manifest.kind === "Namespace" ? "definitions" : layerOfObject(manifest, own);
    byLayer.set(layer, [...(byLayer.get(layer) ?? []), manifest.file]);
  }
  const installation = chartInstallation(release);
  if (installation !== undefined && !byLayer.has(own)) byLayer.set(own, []);
  return objectLayers
    .filter((layer) => byLayer.has(layer))
    .map((layer) => {
      const chart = layer === own ? installation : undefined;
      const files = byLayer.size === 1 ? undefined : (byLayer.get(layer) ?? []).toSorted();
      const { name: service, tier, namespace, spec } = release.service;
      const takesOver = isOfAnother(spec.pins?.namespace, service);
      return {
        part: {
          service,
          tier,
          namespace,
          layer,
          files,
          ...(chart === undefined ? {} : { chart }),
          ...(takesOver && { takesOver }),
        },
        own,
      };
    });
}

function tierProjects(
  facts: EnvironmentFacts,
  releases: readonly RenderedRelease[],
  platform: readonly PlatformObject[],
) {
  const isCarrier = facts.cluster.carrier === facts.name;
  // Also those without a service: the last one of a tier is removed under its project.
  const tiers = Object.keys(facts.tiers)
    .filter((tier) => isCarrier || facts.tiers[tier]?.once !== true)
    .sort();
  const ofTiers = tiers.map((tier) => {
    const mine = releases.filter(({ release }) => release.service.tier === tier);
    const charts = mine.flatMap(({ release }) => chartInstallation(release) ?? []);
    return {
      tier,
      about: facts.tiers[tier]?.about ?? tier,
      beginning: namespaceBeginning(facts.environment.prefix, tier),
      namespaces: [
        ...new Set(
          mine.flatMap(({ release, manifests }) => [
            release.service.namespace,
            ...manifests.flatMap((manifest) => manifest.namespace ?? []),
          ]),
        ),
      ],
      objects: mine.flatMap(({ manifests }) => manifests),
      chartSources: charts.map((chart) => chart.repoURL),
      bringsCharts: charts.length > 0,
    };
  });
  const ownObjects = platform.map(({ text }) => readHeader(text));
  const ofEnvironment = {
    tier: ownService,
    about:
      "The environment itself: stores of secrets, rules of admission, priorities, alerts of the platform",
    namespaces: [
      ...new Set([argocdNamespace, ...ownObjects.flatMap(({ namespace }) => namespace ?? [])]),
    ],
    objects: ownObjects,
    chartSources: [],
    bringsCharts: false,
  };
  return [...ofTiers, ...(platform.length === 0 ? [] : [ofEnvironment])].map(
    (content) =>
      ["appproject", projectName(facts.name, content.tier), tierProject(facts, content)] as const,
  );
}
