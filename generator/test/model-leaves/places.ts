/** Where each fixture stands: which document, and where in it. The same fixtures serve every place a field has. */
import type { z } from "zod";
import { Cluster } from "../../src/model/cluster.ts";
import { Environment } from "../../src/model/environment.ts";
import { Tiers } from "../../src/model/tiers.ts";
import { ChartOverlay, ComposedServiceOverlay, ServiceOverlay } from "../../src/model/overlay.ts";
import { ChartSpec, ComposedServiceSpec, ServiceSpec } from "../../src/model/service.ts";
import { merge } from "../../src/overlay/merge.ts";
import { chartPlaces } from "./places-chart.ts";
import { composedPlaces } from "./places-composed.ts";
import { servicePlaces } from "./places-service.ts";
import type { Fixtures, Fragment, Surroundings } from "./fixture.ts";
import * as environments from "./fixtures/environment.ts";
import { cluster } from "./fixtures/cluster.ts";
import { chart, component, composed, scene, service } from "./scene.ts";

/** A kind of document: its schema, and how it is put into a scene. */
export interface Document {
  readonly name: string;
  readonly schema: z.ZodType;
  /** Whether only some of its leaves are walked: an overlay's fields are those of its service. */
  readonly only?: readonly string[];
  /** Beginnings of leaves that change nothing that is rendered. */
  readonly without?: readonly string[];
  readonly place: (document: Fragment) => Surroundings;
}

export interface Place {
  readonly document: Document;
  /** From the document to the leaf: `init.*.` */
  readonly path: string;
  readonly fixtures: Fixtures;
  /** The whole document, before what a fixture says. */
  readonly base: Fragment;
  readonly hold?: (fragment: Fragment) => Fragment;
}

const spec = (exported: Fragment): Fragment => exported["spec"] as Fragment;
const asApp =
  (rzp: string) =>
  (document: Fragment): Surroundings => ({ services: { app: { rzp, spec: document } } });
const removing =
  (exported: Fragment) =>
  (document: Fragment): Surroundings => ({
    services: { app: exported },
    overlays: { prod: { app: document } },
  });

export const documents = {
  service: { name: "ServiceSpec", schema: ServiceSpec, place: asApp("service") },
  composed: { name: "ComposedServiceSpec", schema: ComposedServiceSpec, place: asApp("composed") },
  chart: {
    name: "ChartSpec",
    schema: ChartSpec,
    // Refused, however it is written: no chart is a PostgreSQL cluster.
    without: ["ChartSpec.offers.*<LoginOffer>"],
    place: asApp("chart"),
  },
  cluster: {
    name: "Cluster",
    schema: Cluster,
    // `provisioning/` acts on these, and its tests are there.
    // What a node is that is a machine: generator/test/capacity/machines.test.ts. Where `infra` looks: provisioning/test.
    // What Talos makes of its facts: provisioning/test/engine/talos-configuration.test.ts.
    without: [
      "Cluster.machines.",
      "Cluster.nodes.*<MachineNode>",
      "Cluster.credentials",
      "Cluster.talos.",
      "Cluster.nodes.*<SizedNode>.installDisk",
    ],
    place: (document) => ({ clusters: { home: document } }),
  },
  environment: {
    name: "Environment",
    schema: Environment,
    place: (document) => ({ environments: { prod: document } }),
  },
  tiers: { name: "Tiers", schema: Tiers, place: (document) => ({ tiers: document }) },
  serviceOverlay: {
    name: "ServiceOverlay",
    schema: ServiceOverlay,
    only: ["remove"],
    place: removing(service({ ...component, ...environments.removable })),
  },
  composedOverlay: {
    name: "ComposedServiceOverlay",
    schema: ComposedServiceOverlay,
    only: ["remove"],
    place: removing(composed({ main: component }, environments.removable)),
  },
  chartOverlay: {
    name: "ChartOverlay",
    schema: ChartOverlay,
    only: ["remove"],
    place: removing(chart({ main: { pods: { app: "app" } } }, environments.removable)),
  },
} as const satisfies Readonly<Record<string, Document>>;

export const places: readonly Place[] = [
  ...servicePlaces.map((place) => ({
    document: documents.service,
    ...place,
    base: spec(service(place.base)),
  })),
  ...composedPlaces.map((place) => ({
    document: documents.composed,
    ...place,
    base: spec(composed({}, place.base)),
  })),
  ...chartPlaces.map((place) => ({
    document: documents.chart,
    ...place,
    base: spec(chart({}, place.base)),
  })),
  { document: documents.cluster, path: "", fixtures: cluster, base: scene.clusters["home"] ?? {} },
  {
    document: documents.environment,
    path: "",
    fixtures: environments.environment,
    base: scene.environments["prod"] ?? {},
  },
  { document: documents.tiers, path: "", fixtures: environments.tiers, base: scene.tiers },
  ...[documents.serviceOverlay, documents.composedOverlay, documents.chartOverlay].map(
    (document) => ({ document, path: "", fixtures: environments.overlay, base: {} }),
  ),
];

/** The whole document an alternative is. */
export function documentOf(
  { base, hold = (fragment) => fragment }: Place,
  given: Fragment,
  alternative: Fragment,
): Fragment {
  return merge(base, hold(merge(given, alternative) as Fragment)) as Fragment;
}
