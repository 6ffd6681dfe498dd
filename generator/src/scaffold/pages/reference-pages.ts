/**
 * The pages of docs/reference, from the zod model: every field with its type in words, whether it is
 * required, what it means, an example. A schema with a name has one section, on one page.
 */
import type { OutputFile } from "../../output/files.ts";
import type { z } from "zod";
import { Cluster } from "../../model/cluster.ts";
import { Environment } from "../../model/environment.ts";
import { Tiers } from "../../model/tiers.ts";
import { Component, InitContainer, MountedFile, Sidecar, Variable } from "../../model/component.ts";
import { ChartComponent, ChartSource } from "../../model/chart.ts";
import { Consumes, Exposure, Offers, Reaches, Route } from "../../model/connections.ts";
import { ChartOverlay, ComposedServiceOverlay, ServiceOverlay } from "../../model/overlay.ts";
import { KubernetesObject } from "../../model/objects.ts";
import { references } from "../../model/references.ts";
import { ChartSpec, ComposedServiceSpec, ServiceSpec } from "../../model/service.ts";
import { Mount, Volume } from "../../model/storage.ts";
import { ServiceValues } from "../../model/values/service.ts";
import { namedSchemasOf } from "../types/schemas.ts";
import type { LinkTo } from "./reference-words.ts";
import { section } from "./reference-tables.ts";

interface Page {
  readonly name: string;
  readonly title: string;
  readonly intro: string;
  /** Sections of this page by their heading, which is the schema's name; what they are made of follows, unless another page has it. */
  readonly roots: Readonly<Record<string, z.ZodType>>;
}

const pages: readonly Page[] = [
  {
    name: "service",
    title: "Services",
    intro:
      "What `charts/services/<service>/values.ts` holds. It exports the result of one of three functions: `defineService` ([ServiceSpec](#servicespec)) for one component, `defineComposedService` ([ComposedServiceSpec](#composedservicespec)) for several, `defineChart` ([ChartSpec](#chartspec)) for an upstream chart.",
    roots: {
      ServiceSpec,
      ComposedServiceSpec,
      ChartSpec,
      ChartSource,
      ChartComponent,
      ...references,
      KubernetesObject,
    },
  },
  {
    name: "component",
    title: "Components",
    intro:
      "A component is a part of a service with pods of its own. In `defineService` its fields stand beside those of the service; in `defineComposedService` under `components`.",
    roots: { Component, InitContainer, Sidecar, Variable, MountedFile },
  },
  {
    name: "storage",
    title: "Storage",
    intro:
      "A volume is made by a function that says what it holds: `state`, `database`, `cache`, `share`, `scratch`, `token`, and `hostPath` inside `because`.",
    roots: { Volume, Mount },
  },
  {
    name: "connections",
    title: "Connections",
    intro:
      "Four words for connections: `consumes` other services, `reaches` what is outside, `routes` are ways in by name, `exposes` ways in by an address; `offers` is the provider's side of `consumes`.",
    roots: { Consumes, Offers, Reaches, Route, Exposure },
  },
  {
    name: "environment",
    title: "Tiers and environments",
    intro:
      "What `environments/tiers.ts` (`defineTiers`) and `environments/<environment>/environment.ts` (`defineEnvironment`) hold.",
    roots: { Tiers, Environment },
  },
  {
    name: "cluster",
    title: "Clusters",
    intro: "What `environments/clusters/<cluster>.ts` (`defineCluster`) holds.",
    roots: { Cluster },
  },
  {
    name: "overlay",
    title: "Overlays",
    intro:
      "What `environments/<environment>/<service>.ts` (`overlay`) may say differently. Maps merge key by key, lists and plain values replace, `remove` takes away; then the whole is checked as a service again.",
    roots: { ServiceOverlay, ComposedServiceOverlay, ChartOverlay },
  },
  {
    name: "values",
    title: "Values of rzp-lib",
    intro:
      "What the library chart takes under `service:`. With the generator nobody writes this: it is computed, complete, and committed as `charts/services/<service>/ci/<environment>-values.yaml`. Without it, see [guide-library](../guide-library.md): then Helm fills in the defaults of `charts/rzp-lib/values.yaml`, so that of the fields that are required here at the top only `name` and `namespace.name` must be written.",
    roots: { service: ServiceValues },
  },
];

const marker = "<!-- Generated from generator/src/model: edit there, then run `npm run types`. -->";

/** All pages, an index first; the same for the same model. */
export function referencePages(): OutputFile[] {
  const sections = sectionsOf(pages);
  const pageOf = new Map(
    [...sections].flatMap(([page, schemas]) =>
      [...schemas.keys()].map((name) => [name, page.name] as const),
    ),
  );
  const index = blocks([
    marker,
    "# Reference",
    "Every field of the model, by page. The commands are in [cli](../cli.md), the errors in [errors](../errors.md).",
    [...pages, { name: "rules", title: "Rules, by which everything else is derived" }]
      .map(({ name, title }) => `- [${title}](${name}.md)`)
      .join("\n"),
  ]);
  return [
    { path: "docs/reference/README.md", content: index },
    ...[...sections].map(([page, schemas]) => ({
      path: `docs/reference/${page.name}.md`,
      content: pageContent(page, schemas, pageOf),
    })),
  ];
}

/** Pages in the order in which they take what several are made of: the most particular first. */
const claimOrder: readonly string[] = [
  "storage",
  "connections",
  "component",
  "cluster",
  "environment",
  "service",
  "overlay",
  "values",
];

/** Sections of each page: its own roots, and what it is made of, as far as no page before it has it. */
function sectionsOf(all: readonly Page[]): ReadonlyMap<Page, ReadonlyMap<string, z.ZodType>> {
  const claimed = new Set(all.flatMap(({ roots }) => Object.keys(roots)));
  const byPage = new Map<Page, ReadonlyMap<string, z.ZodType>>();
  for (const page of all.toSorted(
    (a, b) => claimOrder.indexOf(a.name) - claimOrder.indexOf(b.name),
  )) {
    const others = [...namedSchemasOf(Object.values(page.roots))].filter(
      ([name]) => !claimed.has(name),
    );
    for (const [name] of others) claimed.add(name);
    byPage.set(page, new Map([...Object.entries(page.roots), ...others]));
  }
  return new Map(all.map((page) => [page, byPage.get(page) ?? new Map<string, z.ZodType>()]));
}

function pageContent(
  { name, title, intro }: Page,
  schemas: ReadonlyMap<string, z.ZodType>,
  pageOf: ReadonlyMap<string, string>,
): string {
  const link: LinkTo = (target) => {
    const page = pageOf.get(target);
    return `[${target}](${page === name ? "" : `${page}.md`}#${target.toLowerCase()})`;
  };
  return blocks([
    marker,
    `# ${title}`,
    intro,
    ...[...schemas].flatMap(([heading, schema]) => section(heading, schema, link)),
  ]);
}

const blocks = (parts: readonly string[]): string => `${parts.join("\n\n")}\n`;
