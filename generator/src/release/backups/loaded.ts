/** Databases that come back empty after a disaster, as only their dumps are backed up: somebody loads those, and who uses them waits. */
import type { Endpoint, Release, ResolvedComponent } from "../../model/platform.ts";
import { kindThatEnds } from "../components.ts";
import { containersOf, mounts, mountsOf } from "../containers.ts";
import { dumpedVolumes } from "./backed-volumes.ts";

export interface LoadedVolume {
  readonly name: string;
  /** `maria-dump/dumps`: where its dumps lie. */
  readonly dumpedTo: string;
  /** The services without which nobody can load it: its own, and the one that keeps its dumps. */
  readonly tended: readonly string[];
  /** Who would begin anew in it while it is empty, a schedule at its time; those that dump are suspended. */
  readonly users: readonly Endpoint[];
}

export const loadedVolumes = (release: Release): LoadedVolume[] =>
  dumpedVolumes(release).map(({ name, dumpedTo }) => ({
    name,
    dumpedTo,
    tended: [release.service.name, dumpedTo.split("/")[0] ?? ""],
    users: release.incoming
      .filter(
        ({ consumer, provider, operates }) =>
          operates !== true && mounts(provider.component, name) && !dumpsTo(dumpedTo, consumer),
      )
      .map(({ consumer }) => consumer),
  }));

function dumpsTo(dumpedTo: string, { service, component }: Endpoint): boolean {
  const [keeper, dumps = ""] = dumpedTo.split("/");
  return (
    service.name === keeper && kindThatEnds(component) === "schedule" && writesTo(component, dumps)
  );
}

/** Whether it may be what dumps into a volume of its service: who only reads it does not. */
export const writesTo = (component: ResolvedComponent, volume: string): boolean =>
  containersOf(component).some(({ spec }) =>
    mountsOf(spec).some((mount) => mount.volume === volume && mount.readOnly !== true),
  );
