/** What the files export -> what a person wrote, as the model has it; every mistake of shape in every file at once. */
import path from "node:path";
import {
  clusterFile,
  environmentFile,
  overlayFile,
  serviceFile,
  tiersFile,
} from "../model/paths.ts";
import type { AuthoredOverlay, AuthoredTree, Exports, SourceTree } from "../model/tree.ts";
import type { Cluster } from "../model/cluster.ts";
import type { Environment } from "../model/environment.ts";
import type { AuthoredService, ServiceKind } from "../model/service.ts";
import type { Tiers } from "../model/tiers.ts";
import type { Described, Judge, Judged } from "../problems/judge.ts";
import type { Problem } from "../problems/problem.ts";
import { creation } from "../problems/creation.ts";
import { problemAt } from "../problems/report.ts";
import { nearest } from "../problems/suggest.ts";
import { checkEnvironments } from "./environments.ts";
import { checkApiServerAddresses } from "./api-server-addresses.ts";
import { checkCredentials } from "./credentials.ts";
import { checkMachines } from "./machines.ts";
import { checkTalos } from "./talos.ts";
import { checkNodeAddresses } from "./node-addresses.ts";
import { checkPublicNames } from "./public-names.ts";
import { checkFiles } from "./unread.ts";
import { checkSecrets } from "./secrets.ts";
import type { Rejection } from "../problems/rejection.ts";

export interface Validated {
  readonly authored: AuthoredTree;
  readonly problems: readonly Problem[];
  readonly rejections: readonly Rejection[];
}

const serviceKinds: readonly ServiceKind[] = ["service", "composed", "chart"];

/** In: the files and what they export. Problems: FILE_WRONG_KIND, OVERLAY_…, and those of the checks at its end. */
export function validateTree(tree: SourceTree, exported: Exports, judge: Judge): Validated {
  const reader = createReader(exported, judge);
  const tiers = reader.read<Tiers>(tiersFile, ["tiers"])?.value ?? {};
  const clusters = collect(
    tree.clusters,
    (name) => reader.read<Cluster>(clusterFile(name), ["cluster"])?.value,
  );
  const environments = collect(
    tree.environments,
    (name) => reader.read<Environment>(environmentFile(name), ["environment"])?.value,
  );
  const services = collect(tree.services, (name) => {
    const found = reader.read<AuthoredService["spec"]>(serviceFile(name), serviceKinds);
    return found === undefined
      ? undefined
      : ({ kind: found.kind, spec: found.value } as AuthoredService);
  });
  const overlays = new Map(
    tree.environments.map((environment) => [
      environment,
      readOverlays({ tree, services, reader, judge }, environment),
    ]),
  );
  const authored = { tiers, clusters, environments, services, overlays };
  return {
    authored,
    problems: [
      ...checkFiles(tree),
      ...reader.problems,
      ...checkEnvironments(tree, authored),
      ...[...clusters].flatMap(([name, cluster]) => checkNodeAddresses(name, cluster)),
      ...[...clusters].flatMap(([name, cluster]) => checkApiServerAddresses(name, cluster)),
      ...checkMachines(clusters),
      ...checkPublicNames(clusters),
      ...checkCredentials(authored),
      ...[...clusters].flatMap(([name, cluster]) => checkTalos(name, cluster)),
      ...checkSecrets(tree, authored),
    ],
    rejections: reader.rejections.map((one) => judge.withTiers(one, Object.keys(tiers))),
  };
}

interface Reader {
  read<T>(
    file: string,
    kinds: readonly string[],
    /** As the model says, unless it is judged otherwise. */
    judgeIt?: (spec: unknown) => Judged,
  ): { kind: string; value: T } | undefined;
  hasValue(file: string): boolean;
  /** The service an overlay says it is for. */
  overlaid(file: string): string | undefined;
  readonly problems: Problem[];
  readonly rejections: Rejection[];
}

function createReader(exports: Exports, judge: Judge): Reader {
  const problems: Problem[] = [];
  const rejections: Rejection[] = [];
  return {
    problems,
    rejections,
    hasValue: (file) => exports.has(file),
    overlaid(file) {
      const exported = exports.get(file);
      const service =
        typeof exported === "object" && exported !== null && "service" in exported
          ? exported.service
          : undefined;
      return typeof service === "string" ? service : undefined;
    },
    read<T>(
      file: string,
      kinds: readonly string[],
      judgeIt?: (spec: unknown) => Judged,
    ): { kind: string; value: T } | undefined {
      const exported = exports.get(file);
      if (exported === undefined) return undefined;
      const kind = kindOf(exported);
      if (kind === undefined || !kinds.includes(kind)) {
        problems.push(wrongKind(file, kind, kinds));
        return undefined;
      }
      const { spec } = exported as { spec: unknown };
      const judged = judgeIt?.(spec) ?? judge.value(kind as Described, spec, file);
      problems.push(...judged.problems);
      rejections.push(...judged.rejections);
      return "data" in judged ? { kind, value: judged.data as T } : undefined;
    },
  };
}

function kindOf(exported: unknown): string | undefined {
  const kind =
    typeof exported === "object" && exported !== null && "rzp" in exported
      ? exported.rzp
      : undefined;
  return typeof kind === "string" ? kind : undefined;
}

const functionOf: Readonly<Record<string, string>> = {
  service: "defineService",
  composed: "defineComposedService",
  chart: "defineChart",
  overlay: "overlay",
  cluster: "defineCluster",
  environment: "defineEnvironment",
  tiers: "defineTiers",
};

function wrongKind(file: string, kind: string | undefined, wanted: readonly string[]): Problem {
  const expected = wanted
    .map((name) => (name === "overlay" ? "overlay(service, { … })" : `${functionOf[name]}({ … })`))
    .join(" or ");
  const found = kind === undefined ? "something else" : `the result of ${functionOf[kind] ?? kind}`;
  return problemAt("FILE_WRONG_KIND", file, [], {
    message: `the file exports ${found}`,
    expected: `export default ${expected}`,
    fix: `use ${expected}, or move the file`,
  });
}

interface Reading {
  readonly tree: SourceTree;
  readonly services: ReadonlyMap<string, AuthoredService>;
  readonly reader: Reader;
  readonly judge: Judge;
}

function readOverlays(
  { tree, services, reader, judge }: Reading,
  environment: string,
): ReadonlyMap<string, AuthoredOverlay> {
  return collect(tree.overlays.get(environment) ?? [], (name) => {
    const file = overlayFile(environment, name);
    const service = services.get(name);
    if (service === undefined) {
      // A service with mistakes of its own is not unknown.
      // A file that gives nothing has been told already.
      if (!tree.services.includes(name) && reader.hasValue(file))
        reader.problems.push(
          unknownService({ environment, name, wanted: reader.overlaid(file) }, tree),
        );
      return undefined;
    }
    const wanted = reader.overlaid(file);
    if (wanted !== undefined && wanted !== name) {
      reader.problems.push(otherService(file, name, wanted));
      return undefined;
    }
    const found = reader.read<Record<string, unknown>>(file, ["overlay"], (spec) =>
      judge.overlay({ file, service: name, base: service }, spec),
    );
    if (found === undefined) return undefined;
    const { remove = [], ...spec } = found.value;
    return { file, spec, remove: remove as readonly string[] };
  });
}

function unknownService(
  { environment, name, wanted }: { environment: string; name: string; wanted: string | undefined },
  { services, sources }: SourceTree,
): Problem {
  const file = overlayFile(environment, name);
  const near = nearest(name, services);
  const meant = near && path.posix.join(path.posix.dirname(file), `${near}.ts`);
  const create = `delete the file, or create the service: ${creation(name)}`;
  const inside = wanted === near ? "" : ` and write overlay("${near}", { … }) in it`;
  const fixFor = () => {
    if (near === undefined || meant === undefined) return create;
    return sources.has(meant)
      ? `take what it says into ${meant}, which is there already, and ${create}`
      : `rename the file to ${near}.ts${inside}, or ${create}`;
  };
  const text = {
    message: `there is no service \`${name}\` to overlay`,
    found: file,
    expected: serviceFile(name),
    fix: fixFor(),
    asksFor: { service: name, environment, near },
  };
  return problemAt("OVERLAY_UNKNOWN_SERVICE", file, [], text);
}

function otherService(file: string, name: string, wanted: string): Problem {
  const text = {
    message: `the file is for ${name}, and what it exports is for ${wanted}`,
    found: JSON.stringify(wanted),
    expected: JSON.stringify(name),
    fix: `write overlay("${name}", { … }), or rename the file to ${wanted}.ts`,
  };
  return problemAt("OVERLAY_OTHER_SERVICE", file, ["service"], text);
}

function collect<T>(
  names: readonly string[],
  read: (name: string) => T | undefined,
): Map<string, T> {
  return new Map(
    names.flatMap((name) => {
      const value = read(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
