/** What `new-service` writes: the authored files of the service, and the environment that runs it. */
import { unknownEnvironment } from "../unknown-names.ts";
import { environmentFile, overlayFile, serviceFile, serviceFolder } from "../../model/paths.ts";
import type { SourceTree } from "../../model/tree.ts";
import type { Tiers } from "../../model/tiers.ts";
import { DnsLabel } from "../../model/primitives.ts";
import type { Problem } from "../../problems/problem.ts";
import { reservedNames } from "../../model/names.ts";
import { catalogueFiles } from "./catalogue.ts";
import { edgesTo, withoutMissingEdges } from "../edits/edges.ts";
import { withService } from "../edits/environment-file.ts";
import { incompleteService, refuseImage } from "./arguments.ts";
import { openOverlay, routesWithSignIn } from "./sign-in-overlay.ts";
import { tierOfUnknown, unknownServiceFile } from "./unknown-service.ts";
import type { UnknownFile } from "./unknown-service.ts";

export interface NewService {
  readonly name: string;
  readonly environment: string;
  /** Whether the command line says where; a service that is there can then run there too. */
  readonly isEnvironmentSaid: boolean;
  readonly image: string | undefined;
  readonly port: number | undefined;
  readonly tiers: Tiers;
  /** Whether its folder is there, with or without a values.ts: what lies in it is somebody's. */
  readonly isOccupied: boolean;
  /** Services that run in the environment already. */
  readonly present: ReadonlySet<string>;
  /** Environments it would run in that have no sign-in provider. */
  readonly withoutProvider: readonly string[];
  /** Whether any environment has one: the file of a service is for all of them, not for the first it runs in. */
  readonly hasProvider: boolean;
}

export interface Scaffold {
  /** Path to text. */
  readonly files: ReadonlyMap<string, string>;
  /** What is made up of its file; undefined for a service that is known. */
  readonly unknown: Omit<UnknownFile, "text"> | undefined;
  /** Services it would consume if they were there. */
  readonly left: readonly string[];
  /** What files of the catalogue have of it and files here do not, as they were written before it was there. */
  readonly missed: readonly string[];
  /** Environments in which nobody asks for a password on its routes, though its file wants the gateway to: an overlay says so. */
  readonly open: readonly string[];
  /** Whether its file leaves open who asks, as there is no provider anywhere. */
  readonly saysNobody: boolean;
}

/** Problems: NAME_INVALID, NAME_RESERVED, SERVICE_EXISTS, ENVIRONMENT_UNKNOWN, CONSUMES_NOT_ENABLED, and those of new-service/arguments.ts. */
export function planNewService(tree: SourceTree, wanted: NewService): Planned {
  const refusal = refuse(tree, wanted);
  if (refusal !== undefined) return { problem: refusal };
  const { name, image } = wanted;
  const environment = environmentFile(wanted.environment);
  const enabled: Enabled = [environment, withService(tree.sources.get(environment) ?? "", name)];
  const authored = tree.sources.get(serviceFile(name));
  if (authored !== undefined) return { scaffold: enabledToo(tree, wanted, { authored, enabled }) };
  const known = catalogueFiles(name);
  return known !== undefined && image === undefined
    ? fromCatalogue(tree, wanted, { known, enabled })
    : fromImage(tree, wanted, { isKnown: known !== undefined, enabled });
}

type Planned = { readonly scaffold: Scaffold } | { readonly problem: Problem };

/** The file of the environment, with the service among those it runs. */
type Enabled = readonly [file: string, text: string];

function fromCatalogue(
  tree: SourceTree,
  wanted: NewService,
  { known, enabled }: { readonly known: ReadonlyMap<string, string>; readonly enabled: Enabled },
): Planned {
  const { name, present } = wanted;
  const { text, left, lacks } = withoutMissingEdges(
    known.get("values.ts") ?? "",
    new Set([...present, name]),
  );
  if (lacks !== undefined) return { problem: comesAfter(tree, wanted, lacks) };
  const files = [...known].map(
    ([file, content]) =>
      [`${serviceFolder(name)}/${file}`, file === "values.ts" ? text : content] as const,
  );
  const missed = missedEdges(tree, name);
  return {
    scaffold: guarded(tree, files, { wanted, text, enabled, unknown: undefined, left, missed }),
  };
}

/** Of an image nobody knows, or of another one than the catalogue has. */
function fromImage(
  tree: SourceTree,
  wanted: NewService,
  { isKnown, enabled }: { readonly isKnown: boolean; readonly enabled: Enabled },
): Planned {
  const unusable = refuseImage(wanted);
  if (unusable !== undefined) return { problem: unusable };
  const { name, image, port, tiers, hasProvider } = wanted;
  if (image === undefined || port === undefined)
    return { problem: incompleteService(wanted, isKnown) };
  const { text, ...unknown } = unknownServiceFile({
    name,
    image,
    port,
    tier: tierOfUnknown(tiers) ?? "apps",
    signsIn: hasProvider,
  });
  const files = [[serviceFile(name), text] as const];
  return {
    scaffold: guarded(tree, files, { wanted, text, enabled, unknown, left: [], missed: [] }),
  };
}

/** What is written, with an overlay where the gateway is to ask and cannot; one that is there stays as it is. */
function guarded(
  { sources }: SourceTree,
  files: readonly (readonly [string, string])[],
  {
    wanted: { name, withoutProvider },
    text,
    enabled,
    unknown,
    left,
    missed,
  }: {
    readonly wanted: NewService;
    readonly text: string;
    readonly enabled: Enabled;
  } & Pick<Scaffold, "unknown" | "left" | "missed">,
): Scaffold {
  const routes = routesWithSignIn(text);
  const open =
    routes.length === 0
      ? []
      : withoutProvider.filter((one) => !sources.has(overlayFile(one, name)));
  const overlays = open.map(
    (one) => [overlayFile(one, name), openOverlay(name, one, routes)] as const,
  );
  return {
    files: new Map([...files, ...overlays, enabled]),
    unknown,
    left,
    missed,
    open,
    saysNobody: unknown?.hasRoute === true && routes.length === 0,
  };
}

/** A service that runs elsewhere: its file stays as it is. */
function enabledToo(
  tree: SourceTree,
  wanted: NewService,
  { authored, enabled }: { readonly authored: string; readonly enabled: Enabled },
): Scaffold {
  return guarded(tree, [], {
    wanted,
    text: authored,
    enabled,
    unknown: undefined,
    left: [],
    missed: [],
  });
}

/** Edges of the catalogue to a service that is new here, which were left out of files of the repository. */
function missedEdges({ services, sources }: SourceTree, name: string): string[] {
  return services.flatMap((service) => {
    const file = serviceFile(service);
    const known = catalogueFiles(service)?.get("values.ts");
    const edges = known?.includes(name) === true ? edgesTo(known, name) : [];
    return edges.length === 0 || edgesTo(sources.get(file) ?? "", name).length > 0
      ? []
      : edges.map((edge) => `${edge} in ${file} (generator/catalogue/${service} has the rest)`);
  });
}

function refuse(tree: SourceTree, wanted: NewService): Problem | undefined {
  const { name, environment, isOccupied } = wanted;
  const place = { file: serviceFolder(name) };
  const legal = DnsLabel.safeParse(name);
  if (!legal.success)
    return {
      code: "NAME_INVALID",
      severity: "error",
      place: { file: "" },
      message: `\`${name}\` cannot be a service's name`,
      found: JSON.stringify(name),
      expected: legal.error.issues[0]?.message ?? "",
      fix: `npm run new-service ${legalName(name) ?? "my-app"}`,
    };
  if (reservedNames.includes(name))
    return {
      code: "NAME_RESERVED",
      severity: "error",
      place,
      message: `no service may be called \`${name}\``,
      fix: `take another name, e.g. my-${name}`,
    };
  if (tree.sources.has(serviceFile(name))) return alreadyThere(tree, wanted);
  if (isOccupied)
    return {
      code: "SERVICE_EXISTS",
      severity: "error",
      place,
      message: `the folder ${serviceFolder(name)} is there already, without a values.ts`,
      fix: "move it away, or write its values.ts by hand and render",
    };
  if (!tree.environments.includes(environment)) return unknownEnvironment(environment, tree);
  return undefined;
}

/** Undefined where an environment is said that does not run it yet, and nothing that makes another service of it. */
function alreadyThere(tree: SourceTree, wanted: NewService): Problem | undefined {
  const { name, environment, isEnvironmentSaid, image, port, present } = wanted;
  if (isEnvironmentSaid && !tree.environments.includes(environment))
    return unknownEnvironment(environment, tree);
  const isElsewhere = isEnvironmentSaid && !present.has(name);
  if (isElsewhere && image === undefined && port === undefined) return undefined;
  const edit = `edit ${serviceFile(name)}, or take another name`;
  return {
    code: "SERVICE_EXISTS",
    severity: "error",
    place: { file: serviceFolder(name) },
    message: present.has(name)
      ? `${name} is there already and runs in ${environment}`
      : `${name} is there already`,
    fix: isEnvironmentSaid
      ? edit
      : `for another environment: npm run new-service ${name} -- --environment <environment>; otherwise ${edit}`,
  };
}

/** What it cannot do without is added first. */
function comesAfter(
  { services }: SourceTree,
  { name, environment }: NewService,
  first: string,
): Problem {
  const file = environmentFile(environment);
  return {
    code: "CONSUMES_NOT_ENABLED",
    severity: "error",
    place: { file },
    message: `${name} is for ${first}, which does not run in ${environment}`,
    expected: `${first} among its services`,
    fix: services.includes(first)
      ? `add "${first}" to services in ${file}, then call this again`
      : `npm run new-service ${first} -- --environment ${environment}, then call this again`,
  };
}

/** The nearest name that is allowed: `Home_Notes` is `home-notes`. */
function legalName(name: string): string | undefined {
  const candidate = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "");
  return DnsLabel.safeParse(candidate).data;
}
