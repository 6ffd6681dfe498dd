/** What `remove` takes out of the tree. */
import { unknownService } from "./unknown-names.ts";
import { environmentFile, overlayFile, serviceFile, serviceFolder } from "../model/paths.ts";
import type { SourceTree } from "../model/tree.ts";
import type { Platform } from "../model/platform.ts";
import type { Keys } from "../model/reading.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { withoutService } from "./edits/environment-file.ts";
import { serviceToVendor } from "./vendor.ts";

export interface Removal {
  /** Folders and files that go, relative to the root. */
  readonly paths: readonly string[];
  /** Environments whose list of services changes. */
  readonly edits: ReadonlyMap<string, string>;
}

/**
 * In: the tree, the platform, a service. The platform is undefined where there is a mistake, which may be in the service that goes:
 * then the next render tells who needs it. Out: what goes and what is edited. Problems: SERVICE_UNKNOWN, and SERVICE_CONSUMED for
 * every connection that would lead nowhere.
 */
export function planRemoval(
  tree: SourceTree,
  platform: Platform | undefined,
  service: string,
): { removal: Removal } | { problems: Problem[] } {
  if (!tree.services.includes(service))
    return { problems: [unknownService(service, tree.services, "remove")] };
  const consumers = platform === undefined ? [] : findConsumers(platform, service);
  if (consumers.length > 0) return { problems: consumers };
  const overlays = tree.environments
    .filter((environment) => tree.overlays.get(environment)?.includes(service))
    .map((environment) => overlayFile(environment, service));
  const edits = new Map(
    tree.environments
      .map(
        (environment) =>
          [
            environmentFile(environment),
            tree.sources.get(environmentFile(environment)) ?? "",
          ] as const,
      )
      .map(([file, text]) => [file, withoutService(text, service)] as const)
      .filter(([file, text]) => text !== tree.sources.get(file)),
  );
  return {
    removal: {
      paths: [
        serviceFolder(service),
        ...overlays,
        ...(platform === undefined ? [] : ownArchive(tree, platform, service)),
      ],
      edits,
    },
  };
}

/** The copy of its chart, unless another service is rendered from it too. */
function ownArchive(tree: SourceTree, platform: Platform, service: string): string[] {
  const found = serviceToVendor(tree, platform, service);
  return "problem" in found ||
    found.archive === undefined ||
    found.usedByOthers.has(found.archive.file)
    ? []
    : [found.archive.file];
}

function findConsumers({ authored }: Platform, service: string): Problem[] {
  return [...authored.services].flatMap(([name, { spec }]) => {
    if (name === service) return [];
    const file = serviceFile(name);
    const text = {
      message: `${name} consumes ${service}`,
      expected: "nobody who consumes a service that is removed",
      fix: `remove ${service} from consumes and what is read from it in ${file}`,
      target: "key" as const,
    };
    const at = (keys: Keys) => problemAt("SERVICE_CONSUMED", file, keys, text);
    const ofService =
      "consumes" in spec && spec.consumes !== undefined && service in spec.consumes
        ? [at(["consumes", service])]
        : [];
    const components = "components" in spec ? Object.entries(spec.components) : [];
    const ofComponents = components.flatMap(([component, { consumes }]) =>
      consumes !== undefined && service in consumes
        ? [at(["components", component, "consumes", service])]
        : [],
    );
    const needs = (spec.needs ?? []).flatMap((needed, index) =>
      needed === service ? [at(["needs", index])] : [],
    );
    return [...ofService, ...ofComponents, ...needs];
  });
}
