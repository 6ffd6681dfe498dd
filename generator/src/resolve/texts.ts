/** Variables, commands and arguments that are written as a text, each with its place. */
import type { ResolvedComponent, ResolvedService } from "../model/platform.ts";
import type { Keys } from "../model/reading.ts";
import { containersOf } from "../release/containers.ts";
import type { AuthoredContainer } from "../release/containers.ts";
import { containerKeys } from "../release/entry-keys.ts";

/** In: a component. Out: the texts of all its containers. */
export function textsOf(service: ResolvedService, component: ResolvedComponent): [Keys, string][] {
  return containersOf(component).flatMap((container) =>
    textsOfContainer(service, component, container),
  );
}

function textsOfContainer(
  service: ResolvedService,
  component: ResolvedComponent,
  container: AuthoredContainer,
): [Keys, string][] {
  const { spec, keys } = container;
  const all: [Keys, unknown][] = [
    ...Object.entries(spec.env ?? {}).map(([name, value]): [Keys, unknown] => [
      containerKeys({ service, component }, container, "env", name),
      value,
    ]),
    ...(["command", "args"] as const).flatMap((field) =>
      (spec[field] ?? []).map((word, index): [Keys, unknown] => [[...keys, field, index], word]),
    ),
  ];
  return all.flatMap(([place, text]) => (typeof text === "string" ? [[place, text]] : []));
}
