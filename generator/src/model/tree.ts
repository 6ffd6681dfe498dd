/** What is authored, stage by stage: SourceTree (text) -> AuthoredTree (typed) -> EnvironmentServices (merged). */
import type { Cluster } from "./cluster.ts";
import type { Environment } from "./environment.ts";
import type { Tiers } from "./tiers.ts";
import type { EnvironmentFacts } from "./platform.ts";
import type { AuthoredService } from "./service.ts";

/** What the repository holds, as text. Every list is sorted. */
export interface SourceTree {
  readonly root: string;
  /** Text of every authored file by path. */
  readonly sources: ReadonlyMap<string, string>;
  /** Folders; one without its file is here too, and what lies in it is among `unread`. */
  readonly services: readonly string[];
  readonly clusters: readonly string[];
  /** Folders, as with services. */
  readonly environments: readonly string[];
  /** Environment to the services it has an overlay for. */
  readonly overlays: ReadonlyMap<string, readonly string[]>;
  /** Service to its files under config/. */
  readonly configFiles: ReadonlyMap<string, readonly ConfigFile[]>;
  /** Cluster to the text of its lock file. */
  readonly locks: ReadonlyMap<string, string>;
  /** Service to its sources.yaml: where its facts were read. */
  readonly factSources: ReadonlyMap<string, string>;
  /** Files among the authored ones that are none of them, and that none of them imports. */
  readonly unread: readonly string[];
  /** Pipes, sockets and devices where files are looked for. */
  readonly special: readonly string[];
}

/** A file under config/ of a service. */
export interface ConfigFile {
  /** As `config/…`. */
  readonly file: string;
  readonly bytes: number;
  /** Whether it is UTF-8: what else it is, its text does not hold. */
  readonly isText: boolean;
}

/** What each authored file that could be run exports, by path. */
export type Exports = ReadonlyMap<string, unknown>;

/** All authored files, typed. A file with mistakes is missing here and its problems are there. */
export interface AuthoredTree {
  readonly tiers: Tiers;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly environments: ReadonlyMap<string, Environment>;
  readonly services: ReadonlyMap<string, AuthoredService>;
  /** Environment to service to what differs there, as written. */
  readonly overlays: ReadonlyMap<string, ReadonlyMap<string, AuthoredOverlay>>;
}

/** What one environment changes of one service. */
export interface AuthoredOverlay {
  readonly file: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly remove: readonly string[];
}

/** An environment with the services that run in it, their overlays merged. */
export interface EnvironmentServices {
  readonly facts: EnvironmentFacts;
  readonly services: ReadonlyMap<string, AuthoredService>;
}
