/** AuthoredService -> ResolvedService: names, ports and components settled. */
import type { AuthoredService } from "../model/service.ts";
import type { Component } from "../model/component.ts";
import type {
  ComponentSource,
  EnvironmentFacts,
  ResolvedComponent,
  ResolvedService,
  ResolvedVolume,
} from "../model/platform.ts";
import { serviceFile } from "../model/paths.ts";
import type { PlainVolume, Volume } from "../model/storage.ts";
import { namespaceOf, objectName, selectorLabels, soleComponent } from "../model/names.ts";
import { resolvePorts } from "../release/ports.ts";
import { isPostgresCluster } from "../release/postgres.ts";

/** In: a service as it is in this environment (overlay merged). Out: the same with everything named. */
export function resolveService(
  name: string,
  authored: AuthoredService,
  facts: EnvironmentFacts,
): ResolvedService {
  const { spec } = authored;
  return {
    ...authored,
    name,
    file: serviceFile(name),
    tier: spec.tier,
    namespace: namespaceOf(name, spec, facts.environment.prefix),
    components: componentsOf(authored).map((component) => resolveComponent(name, component)),
    volumes:
      "storage" in spec
        ? Object.entries(spec.storage ?? {}).map(([key, volume]) => resolveVolume(key, volume))
        : [],
  };
}

interface NamedSource {
  readonly name: string;
  readonly path: readonly string[];
  readonly source: ComponentSource;
}

function componentsOf(authored: AuthoredService): NamedSource[] {
  switch (authored.kind) {
    case "service": {
      const { storage } = authored.spec;
      const mounts = Object.fromEntries(
        Object.entries(storage ?? {}).flatMap(([volume, value]) => {
          const { at } = plain(value);
          return at === undefined ? [] : [[volume, at] as const];
        }),
      );
      return [
        {
          name: soleComponent,
          path: [],
          source: { kind: "workload", spec: { ...authored.spec, mounts } },
        },
      ];
    }
    case "composed":
      return Object.entries(authored.spec.components).map(([name, component]) => ({
        name,
        path: ["components", name],
        source: { kind: "workload", spec: withCommon(component, authored.spec) },
      }));
    case "chart":
      return Object.entries(authored.spec.components).map(([name, component]) => ({
        name,
        path: ["components", name],
        source: {
          kind: "chart",
          spec: { ...component, reaches: { ...authored.spec.reaches, ...component.reaches } },
        },
      }));
  }
}

/** What the service says for all its components; a component's own entry wins. An operator's pods take no variables. */
function withCommon(
  component: Component,
  common: Pick<Component, "env" | "files" | "consumes">,
): Component {
  const isOurs = !isPostgresCluster({ source: { kind: "workload", spec: component } });
  return {
    ...component,
    ...(isOurs ? both("env", common.env, component.env) : {}),
    ...(isOurs ? both("files", common.files, component.files) : {}),
    ...both("consumes", common.consumes, component.consumes),
  };
}

function both<K extends string, V>(
  key: K,
  first: Record<string, V> | undefined,
  second: Record<string, V> | undefined,
): Partial<Record<K, Record<string, V>>> {
  if (first === undefined && second === undefined) return {};
  return { [key]: { ...first, ...second } } as Partial<Record<K, Record<string, V>>>;
}

function resolveComponent(service: string, { name, path, source }: NamedSource): ResolvedComponent {
  const { spec } = source;
  return {
    name,
    objectName: objectName(service, name),
    path,
    source,
    ports: resolvePorts(spec.ports),
    podLabels: podLabels(service, name, source),
    consumes: spec.consumes ?? {},
    hostNetwork:
      source.kind === "chart"
        ? source.spec.hostNetwork !== undefined
        : source.spec.network?.host !== undefined,
  };
}

/** CloudNativePG labels the pods of a cluster itself; ours would only fight with it. */
function podLabels(
  service: string,
  component: string,
  source: ComponentSource,
): Readonly<Record<string, string>> {
  if (source.kind === "chart") return source.spec.pods;
  return isPostgresCluster({ source })
    ? { "cnpg.io/cluster": objectName(service, component) }
    : selectorLabels(service, component);
}

function plain(volume: Volume): PlainVolume {
  return "because" in volume ? volume.value : volume;
}

function resolveVolume(name: string, volume: Volume): ResolvedVolume {
  return { name, volume: plain(volume) };
}
