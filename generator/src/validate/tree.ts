/** What the files export -> what a person wrote, as the model has it; every mistake of shape in every file at once. */
import { z } from "zod";
import {
  clusterFile,
  environmentFile,
  overlayFile,
  serviceFile,
  tiersFile,
} from "../model/paths.ts";
import type { AuthoredOverlay, AuthoredTree, Exports, SourceTree } from "../model/tree.ts";
import { Cluster } from "../model/cluster.ts";
import { Environment } from "../model/environment.ts";
import { Tiers } from "../model/tiers.ts";
import { overlayOfKind } from "../model/overlay.ts";
import { specOfKind } from "../model/service.ts";
import type { AuthoredService, ServiceKind } from "../model/service.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { nearest } from "../problems/suggest.ts";
import { checkEnvironments } from "./environments.ts";
import { checkFiles } from "./unread.ts";
import { checkSecrets } from "./secrets.ts";
import { takeIdentity } from "./identity.ts";
import type { Rejection } from "../problems/rejection.ts";

export interface Validated {
  readonly authored: AuthoredTree;
  readonly problems: readonly Problem[];
  readonly rejections: readonly Rejection[];
}

const serviceKinds: readonly string[] = Object.keys(specOfKind);

/** In: the files and what they export. Problems: FILE_WRONG_KIND, OVERLAY_…, and those of checkFiles, checkEnvironments and checkSecrets. */
export function validateTree(tree: SourceTree, exported: Exports): Validated {
  const reader = createReader(exported);
  const tiers = reader.read(tiersFile, ["tiers"], () => Tiers)?.value ?? {};
  const clusters = collect(
    tree.clusters,
    (name) => reader.read(clusterFile(name), ["cluster"], () => Cluster)?.value,
  );
  const environments = collect(
    tree.environments,
    (name) => reader.read(environmentFile(name), ["environment"], () => Environment)?.value,
  );
  const services = collect(tree.services, (name) => {
    const found = reader.read(
      serviceFile(name),
      serviceKinds,
      (kind): z.ZodType<AuthoredService["spec"]> => specOfKind[kind as ServiceKind],
    );
    return found === undefined
      ? undefined
      : ({ kind: found.kind, spec: found.value } as AuthoredService);
  });
  const overlays = new Map(
    tree.environments.map((environment) => [
      environment,
      readOverlays(tree, environment, services, reader),
    ]),
  );
  const authored = { tiers, clusters, environments, services, overlays };
  return {
    authored,
    problems: [
      ...checkFiles(tree),
      ...reader.problems,
      ...checkEnvironments(tree, authored),
      ...checkSecrets(tree, authored),
    ],
    rejections: reader.rejections.map((one) => withTiers(one, Object.keys(tiers))),
  };
}

/** A service without a tier is told which there are. */
function withTiers(rejection: Rejection, tiers: readonly string[]): Rejection {
  const { schema } = rejection;
  if (tiers.length === 0 || !(schema instanceof z.ZodObject)) return rejection;
  const tier: unknown = schema.shape["tier"];
  if (!(tier instanceof z.ZodString)) return rejection;
  const known = tier.meta({ ...tier.meta(), names: `one of ${tiers.join(", ")}` });
  return { ...rejection, schema: schema.safeExtend({ tier: known }) };
}

interface Reader {
  read<T>(
    file: string,
    kinds: readonly string[],
    schema: (kind: string) => z.ZodType<T>,
    /** Takes out of the value what is told in a better way than the schema could. */
    take?: (spec: unknown) => { readonly rest: unknown; readonly problems: readonly Problem[] },
  ): { kind: string; value: T } | undefined;
  hasValue(file: string): boolean;
  /** The service an overlay says it is for. */
  overlaid(file: string): string | undefined;
  readonly problems: Problem[];
  readonly rejections: Rejection[];
}

function createReader(exports: Exports): Reader {
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
    read(file, kinds, schema, take) {
      const exported = exports.get(file);
      if (exported === undefined) return undefined;
      const kind = kindOf(exported);
      if (kind === undefined || !kinds.includes(kind)) {
        problems.push(wrongKind(file, kind, kinds));
        return undefined;
      }
      const whole = (exported as { spec: unknown }).spec;
      const { rest: spec, problems: taken } = take?.(whole) ?? { rest: whole, problems: [] };
      problems.push(...taken);
      const result = schema(kind).safeParse(spec);
      if (result.success) return { kind, value: result.data };
      rejections.push({ files: [file], schema: schema(kind), value: spec, error: result.error });
      return undefined;
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

function readOverlays(
  tree: SourceTree,
  environment: string,
  services: ReadonlyMap<string, AuthoredService>,
  reader: Reader,
): ReadonlyMap<string, AuthoredOverlay> {
  return collect(tree.overlays.get(environment) ?? [], (name) => {
    const file = overlayFile(environment, name);
    const service = services.get(name);
    if (service === undefined) {
      // A service with mistakes of its own is not unknown.
      // A file that gives nothing has been told already.
      if (!tree.services.includes(name) && reader.hasValue(file))
        reader.problems.push(
          unknownService({ file, name, wanted: reader.overlaid(file) }, tree.services),
        );
      return undefined;
    }
    const wanted = reader.overlaid(file);
    if (wanted !== undefined && wanted !== name) {
      reader.problems.push(otherService(file, name, wanted));
      return undefined;
    }
    const found = reader.read(
      file,
      ["overlay"],
      () => overlayOfKind[service.kind] as z.ZodType<Record<string, unknown>>,
      (spec) => takeIdentity({ file, service: name, base: service }, spec),
    );
    if (found === undefined) return undefined;
    const { remove = [], ...spec } = found.value;
    return { file, spec, remove: remove as readonly string[] };
  });
}

function unknownService(
  { file, name, wanted }: { file: string; name: string; wanted: string | undefined },
  services: readonly string[],
): Problem {
  const near = nearest(name, services);
  const create = `delete the file, or create the service: npm run new-service ${name}`;
  const inside = wanted === near ? "" : ` and write overlay("${near}", { … }) in it`;
  const text = {
    message: `there is no service \`${name}\` to overlay`,
    found: file,
    expected: serviceFile(name),
    fix: near === undefined ? create : `rename the file to ${near}.ts${inside}, or ${create}`,
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
