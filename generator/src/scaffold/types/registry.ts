/**
 * Texts of the generated `registry.d.ts` files. Each adds the names of one service, or of the
 * platform, to what the compiler knows in every other file, so that nobody imports another's file
 * and two branches never meet in one. What an entry means is in `authoring/registry.ts`.
 */
import { propertyName } from "../../model/identifier.ts";
import type { Cluster } from "../../model/cluster.ts";
import type { AuthoredService } from "../../model/service.ts";
import { readableKeys } from "./readable-keys.ts";

/** The body of `charts/services/<service>/registry.d.ts`, without its marker line. */
export function registryFile(service: string, authored: AuthoredService): string {
  const { about, offers = {}, routes = {}, exposes = {} } = authored.spec;
  const entry = object({
    kind: JSON.stringify(authored.kind),
    ports: portNames(authored),
    keys: union(readableKeys(authored)),
    login: String(Object.values(offers).some((offer) => "gives" in offer)),
    storage: storageKinds(authored),
    routes: union(Object.keys(routes)),
    exposes: union(Object.keys(exposes)),
  });
  return augmentation(
    "Registry",
    `    /** ${about.replaceAll("*/", "*\\/").replaceAll(/\s+/g, " ")} */\n    ${propertyName(service)}: ${entry};\n`,
  );
}

/** What the platform is made of, as far as services and environments name it. */
export interface PlatformNames {
  readonly tiers: readonly string[];
  readonly environments: readonly string[];
  readonly clusters: Readonly<
    Record<string, Pick<Cluster, "shares" | "hosts" | "addresses" | "storageClasses">>
  >;
}

/** The body of `environments/registry.d.ts`, without its marker line. */
export function factsFile({ tiers, environments, clusters }: PlatformNames): string {
  const namesOf = (sort: "shares" | "hosts" | "addresses" | "storageClasses"): readonly string[] =>
    Object.values(clusters).flatMap((cluster) => Object.keys(cluster[sort] ?? {}));
  const facts = {
    tiers,
    environments,
    clusters: Object.keys(clusters),
    shares: namesOf("shares"),
    hosts: namesOf("hosts"),
    addresses: namesOf("addresses"),
    storageClasses: namesOf("storageClasses"),
  };
  return augmentation(
    "Facts",
    Object.entries(facts)
      .map(([sort, names]) => `    ${sort}: ${union(names)};\n`)
      .join(""),
  );
}

function augmentation(target: "Registry" | "Facts", members: string): string {
  return `import "#rzp";\n\ndeclare module "#rzp" {\n  interface ${target} {\n${members}  }\n}\n`;
}

/** A service's own ports, or those of each component. */
function portNames(authored: AuthoredService): string {
  if (authored.kind === "service") return union(Object.keys(authored.spec.ports ?? {}));
  const components: Readonly<Record<string, { ports?: object | undefined }>> =
    authored.spec.components;
  return inlineObject(components, (component) => union(Object.keys(component.ports ?? {})));
}

function storageKinds(authored: AuthoredService): string {
  const storage = authored.kind === "chart" ? {} : (authored.spec.storage ?? {});
  return inlineObject(storage, (volume) =>
    JSON.stringify("because" in volume ? volume.value.holds : volume.holds),
  );
}

function object(fields: Readonly<Record<string, string>>): string {
  return `{\n${Object.entries(fields)
    .map(([name, type]) => `      ${name}: ${type};\n`)
    .join("")}    }`;
}

function inlineObject<T>(values: Readonly<Record<string, T>>, type: (value: T) => string): string {
  const fields = Object.entries(values)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${propertyName(name)}: ${type(value)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join("; ")} }`;
}

/** Names as a type, sorted, each once; `never` where there are none. */
function union(names: readonly string[]): string {
  if (names.length === 0) return "never";
  return [...new Set(names)]
    .toSorted()
    .map((name) => JSON.stringify(name))
    .join(" | ");
}
