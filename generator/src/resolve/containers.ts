/** The containers of a component as they were written. */
import type { Component } from "../model/component.ts";
import type { ResolvedComponent } from "../model/platform.ts";

/** A container of a component: itself, one that runs before, one beside. */
export interface AuthoredContainer {
  /** Undefined for the main one. */
  readonly name: string | undefined;
  readonly role: "main" | "init" | "sidecar";
  readonly keys: readonly string[];
  readonly spec: Pick<
    Component,
    | "image"
    | "command"
    | "args"
    | "folder"
    | "env"
    | "envFrom"
    | "files"
    | "mounts"
    | "size"
    | "resources"
    | "security"
  > & { readonly health?: Component["health"] };
}

/** All containers of a component, the main one first. */
export function containersOf(component: ResolvedComponent): AuthoredContainer[] {
  if (component.source.kind === "chart") return [];
  const { spec } = component.source;
  const beside = (
    role: "init" | "sidecar",
    containers: Component["init"] | Component["sidecars"],
  ) =>
    Object.entries(containers ?? {}).map(([name, container]): AuthoredContainer => ({
      name,
      role,
      keys: [...component.path, role === "init" ? "init" : "sidecars", name],
      spec: container,
    }));
  return [
    { name: undefined, role: "main", keys: component.path, spec },
    ...beside("sidecar", spec.sidecars),
    ...beside("init", spec.init),
  ];
}
