/**
 * A service as others see it. What only makes its own pods is no part of it: a release is the same as before when
 * such a thing has changed at the other end of one of its connections.
 */
import { contentHash } from "../model/content-hash.ts";
import type { ResolvedComponent, ResolvedService } from "../model/platform.ts";

/** Fields that act on the pods of their own service alone; a test holds the list against everything that is rendered. */
const ownPods = [
  "image",
  "command",
  "args",
  "folder",
  "env",
  "envFrom",
  "files",
  "mounts",
  "storage",
  "size",
  "resources",
  "security",
  "health",
  "init",
  "sidecars",
] as const;

const known = new WeakMap<ResolvedService, string>();

/** In: a service. Out: a name for all that others see of it. */
export function outsideHash(service: ResolvedService): string {
  const found = known.get(service) ?? contentHash(outside(service));
  known.set(service, found);
  return found;
}

function outside({ spec, components, volumes: _volumes, ...rest }: ResolvedService): object {
  // Its components are there as they were resolved.
  const { components: _authored, ...seen } = withoutOwnPods(spec);
  return { ...rest, spec: seen, components: components.map(componentFromOutside) };
}

const componentFromOutside = ({ source, ...rest }: ResolvedComponent): object => ({
  ...rest,
  source: { kind: source.kind, spec: withoutOwnPods(source.spec) },
});

function withoutOwnPods(spec: object): Record<string, unknown> {
  const seen: Record<string, unknown> = { ...spec };
  for (const field of ownPods) delete seen[field];
  return seen;
}
