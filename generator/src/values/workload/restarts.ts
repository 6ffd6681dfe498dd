/** Whose pods restart when a secret changes. */
import type { Derived } from "../../model/derived.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { componentFact } from "../../release/causes.ts";
import { isWorkload, kindThatEnds } from "../../release/components.ts";
import { noOtherReader, secretUses } from "../../release/secrets/reads.ts";
import type { SecretReader } from "../../release/secrets/use.ts";

/** A Secret with which the pods of a component restart. */
export interface Restart {
  readonly component: ResolvedComponent;
  readonly secret: string;
  /** Which of its variables and files. */
  readonly readers: readonly SecretReader[];
}

/** Names of the Secrets whose change a component's pods do not see while they run. */
export function restartsWith(release: Release, component: ResolvedComponent): string[] {
  return derivedRestarts(release, component).map(({ value }) => value.secret);
}

/**
 * Variables are read when a container starts. A single file is mounted by `subPath`, which the kubelet never
 * updates. Jobs read anew each time they run.
 */
export function derivedRestarts(
  release: Release,
  component: ResolvedComponent,
): Derived<Restart>[] {
  if (!isLasting(component)) return [];
  const mine = secretUses(release).filter(({ reader }) => isOf(component, reader));
  return [...Map.groupBy(mine, ({ read }) => read.secret)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([secret, uses]) => ({
      value: { component, secret, readers: uses.map(({ reader }) => reader) },
      rule: "restart-on-rotation",
      causes: [
        ...uses.flatMap(({ causes }) => causes),
        componentFact(release.service, component, "runs"),
        noOtherReader(release.service, component),
      ],
    }));
}

function isLasting(component: ResolvedComponent): boolean {
  return isWorkload(component) && kindThatEnds(component) === undefined;
}

const isOf = (component: ResolvedComponent, reader: SecretReader) =>
  "container" in reader && reader.component === component;
