/**
 * The types between what a person wrote and what Helm gets. A type changes its name when its meaning
 * changes: AuthoredService -> ResolvedService (names and ports settled, in one environment) ->
 * Release (both ends of every connection known) -> HelmValues.
 */
import type { BackupMethod } from "./backup.ts";
import type { Cluster } from "./cluster.ts";
import type { Cause } from "./derived.ts";
import type { DrillModifier, DrillPlan } from "./drill-plan.ts";
import type { Environment } from "./environment.ts";
import type { Tiers } from "./tiers.ts";
import type { Component } from "./component.ts";
import type { AuthoredService, ChartSpec } from "./service.ts";
import type { Edge, Route } from "./connections.ts";
import type { PlainVolume } from "./storage.ts";
import type { DashboardFacts } from "./dashboards.ts";
import type { AuthoredTree, SourceTree } from "./tree.ts";

/** A container port with its final name; a port with both protocols is two of them. */
export interface ResolvedPort {
  /** As authored, what others call it by. */
  readonly name: string;
  /** As Kubernetes sees it: `dns-udp`. */
  readonly containerName: string;
  readonly number: number;
  readonly protocol: "TCP" | "UDP";
  readonly grpc: boolean;
}

export interface ResolvedComponent {
  readonly name: string;
  /** Name of its objects in the namespace. */
  readonly objectName: string;
  /** Where it stands in the authored value, for problems. */
  readonly path: readonly string[];
  readonly source: ComponentSource;
  readonly ports: readonly ResolvedPort[];
  /** Labels that select its pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly consumes: Readonly<Record<string, Edge>>;
  /** Policies cannot select pods on the node's network. */
  readonly hostNetwork: boolean;
}

/** A component that RZP renders, with what the service says for all; or pods of an upstream chart. */
export type ComponentSource =
  | { readonly kind: "workload"; readonly spec: Component }
  | { readonly kind: "chart"; readonly spec: ChartSpec["components"][string] };

export interface ResolvedVolume {
  readonly name: string;
  readonly volume: PlainVolume;
}

/** A service with all its names, in one environment. What it says is still as it was authored. */
export type ResolvedService = AuthoredService & {
  readonly name: string;
  /** The authored file, for markers and problems. */
  readonly file: string;
  readonly tier: string;
  readonly namespace: string;
  readonly components: readonly ResolvedComponent[];
  readonly volumes: readonly ResolvedVolume[];
};

/** One end of a connection. */
export interface Endpoint {
  readonly service: ResolvedService;
  readonly component: ResolvedComponent;
}

/** `consumer` may call `ports` of `provider`, perhaps with a login. */
export interface Connection {
  readonly consumer: Endpoint;
  readonly provider: Endpoint;
  readonly ports: readonly ResolvedPort[];
  /** How the consumer names the provider in `consumes`; its own pods by the service or by `./component`. None of an operator. */
  readonly target?: string;
  readonly login?: string;
  /** The login reads every database of the provider. */
  readonly readsAll?: true;
  /** An operator that tends the provider: derived, nobody writes it. */
  readonly operates?: true;
}

/** What gateways, the scraper and the prober connect to: derived from routes and metrics of all services, nobody writes it. */
export interface Call {
  readonly consumer: Endpoint;
  readonly provider: Endpoint;
  readonly ports: readonly ResolvedPort[];
  /** It asks whether the provider answers. */
  readonly probe?: true;
  /** The provider's route that a gateway serves, and the audience of that gateway. A call with neither this nor `probe` reads metrics. */
  readonly route?: { readonly name: string; readonly audience: keyof Cluster["gateways"] };
}

/** What an environment is, complete. */
export interface EnvironmentFacts {
  readonly name: string;
  readonly environment: Environment;
  readonly clusterName: string;
  readonly cluster: Cluster;
  readonly tiers: Tiers;
  readonly timeZone: string;
  /** Names of the services that run here. */
  readonly services: readonly string[];
  /** Names of those that exist once on the cluster, where another environment carries them. */
  readonly elsewhere: readonly string[];
  /** Namespaces of what exists once on the cluster, wherever it is carried. */
  readonly operators: { readonly secrets: string; readonly backups: string };
  /** Namespaces that the services of the repository have in the environments of the cluster, whether they are listed there or not. */
  readonly ownNamespaces: ReadonlySet<string>;
}

/** Everything that is known before Helm runs. */
export interface Platform {
  readonly tree: SourceTree;
  readonly authored: AuthoredTree;
  /** Releases of all environments, by environment and service. */
  readonly releases: readonly Release[];
  /** Allocations of each cluster, as the body of its lock file. */
  readonly locks: ReadonlyMap<string, string>;
}

/** A service in an environment with all that follows from the others. */
export interface Release {
  readonly facts: EnvironmentFacts;
  readonly service: ResolvedService;
  readonly incoming: readonly Connection[];
  readonly outgoing: readonly Connection[];
  /** What its pods call as gateways, as the scraper or as the prober of the cluster. */
  readonly calls: readonly Call[];
  /** Address of each exposure, named or allocated. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Only of a release that carries gateways. */
  readonly carries?: GatewayNeeds;
  /** The stream its lines go to, on a cluster whose logs are carried somewhere; none of what carries or keeps them. */
  readonly logs?: Pick<Stream, "name"> & Carried;
  /** Metrics that not every cluster has, of those its rules begin with. */
  readonly optionalMetrics?: readonly string[];
  /** On a cluster whose prober is a service of ours: the fact by which the prober tells of itself. */
  readonly proberFact?: Cause;
  /** Panels of its dashboard, on a cluster that has dashboards: those whose metrics somebody makes. */
  readonly dashboard?: { readonly panels: readonly string[] } & Carried;
  /** Only of a release that carries logs, or shows them. */
  readonly telemetry?: TelemetryNeeds;
  /** Only of the release that makes backups: those of its cluster. */
  readonly backups?: readonly BackupSchedule[];
  /** Its volumes are restored for trial. */
  readonly drilled?: true;
  /** Only of the release that runs the restore drill, and of the one whose Restores it makes. */
  readonly drill?: DrillWork;
}

/** By a service of the cluster that is asked to: without the file that is its cause there is nothing. */
interface Carried {
  readonly cause: Cause;
}

/** Backups of some namespaces, whole, into one location. */
export interface BackupSchedule {
  readonly name: string;
  readonly environment: string;
  readonly location: string;
  readonly cron: string;
  /** Seconds between two runs, and from midnight to the first. */
  readonly every: number;
  readonly offset: number;
  /** Seconds a backup is kept. */
  readonly keep: number;
  /** Bytes of all its volumes, and seconds the first backup takes, which copies all of them. */
  readonly size: number;
  readonly first: number;
  readonly namespaces: readonly string[];
  /** How volumes of each storage class are copied. */
  readonly classes: Readonly<Record<string, BackupMethod>>;
}

/** What the restore drill of a cluster does, in all its environments. */
export interface DrillWork {
  readonly plan: DrillPlan;
  /** The file that is the plan, in the service that runs the drill: without it there is none. */
  readonly cause: Cause;
  /** How Velero changes what it restores for it. */
  readonly modifiers: readonly DrillModifier[];
  /** What all pods ask for that are there at once, beside its own: thousandths of a core, bytes. */
  readonly room: {
    readonly cpu: number;
    readonly memory: number;
    readonly memoryLimit: number;
    readonly pods: number;
  };
}

export interface RouteOnCluster {
  readonly facts: EnvironmentFacts;
  readonly service: ResolvedService;
  readonly name: string;
  readonly route: Route;
}

/** Gateways exist once on a cluster, so what they need crosses its environments. */
export interface GatewayNeeds {
  /** All environments of the cluster, by name. */
  readonly environments: readonly EnvironmentFacts[];
  /** Their routes, each with where it is from. */
  readonly routes: readonly RouteOnCluster[];
  /** What asks where people sign in: gateways and their controllers. */
  readonly askers: readonly Endpoint[];
  /** What public names lead to, where external-dns writes them. */
  readonly publicTarget?: string;
}

/** A stream of logs, and how long it is kept. */
export interface Stream {
  readonly name: string;
  readonly days: number;
  /** Which pods write the lines; undefined for those RZP does not know. */
  readonly of?: { readonly environment: string; readonly tier: string };
}

/** Logs are carried once on a cluster, so what that needs crosses its environments. */
export interface TelemetryNeeds {
  readonly streams: readonly Stream[];
  /** Only for who shows them. */
  readonly dashboards?: readonly DashboardFacts[];
}
