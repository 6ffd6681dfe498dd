/** Volumes, each made by what it holds; how the pod gets it follows from that. */
import { fields } from "./fields.ts";
import type {
  CacheVolume,
  CacheVolumeOptions,
  DatabaseVolume,
  DatabaseVolumeOptions,
  HostVolume,
  HostVolumeOptions,
  ScratchVolume,
  ScratchVolumeOptions,
  ShareVolume,
  ShareVolumeOptions,
  StateVolume,
  StateVolumeOptions,
  TokenVolume,
  TokenVolumeOptions,
} from "./types.generated.ts";

/** What a service cannot make again: backed up. */
export function state(volume: StateVolumeOptions): StateVolume {
  return { holds: "state", ...fields("state", volume) };
}

/** Files of a database: backed up so that what is restored is whole. */
export function database(volume: DatabaseVolumeOptions): DatabaseVolume {
  return { holds: "database", ...fields("database", volume) };
}

/** What can be made again: kept between restarts, not backed up. */
export function cache(volume: CacheVolumeOptions): CacheVolume {
  return { holds: "cache", ...fields("cache", volume) };
}

/** A share of the cluster that several services see: `share("media", { at: "/data" })`. */
export function share(name: ShareVolume["share"], volume: ShareVolumeOptions = {}): ShareVolume {
  return { holds: "share", share: name, ...fields("share", volume) };
}

/** Empty at every start, gone with the pod. */
export function scratch(volume: ScratchVolumeOptions = {}): ScratchVolume {
  return { holds: "scratch", ...fields("scratch", volume) };
}

/** A path of the node; only inside `because(hostPath("/var/log", { … }), "say why here")`. */
export function hostPath(path: HostVolume["path"], volume: HostVolumeOptions = {}): HostVolume {
  return { holds: "host", path, ...fields("hostPath", volume) };
}

/** A token of the service account for one audience. */
export function token(volume: TokenVolumeOptions): TokenVolume {
  return { holds: "token", ...fields("token", volume) };
}
