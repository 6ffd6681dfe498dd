/** Start order: layers, and `needs` where layers do not say it. Reach (`consumes`) is another thing, but for a login. */
import { entryKeys } from "../../release/entry-keys.ts";
import { missingProvider } from "./missing-provider.ts";
import { overlayFile, tiersFile } from "../../model/paths.ts";
import type { Connection, EnvironmentFacts, ResolvedService } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import { isBroken } from "./connections.ts";
import type { Neighbours } from "./connections.ts";
import { waitsForLogins } from "../../release/components.ts";
import { isBefore, layerOf } from "../../release/layers.ts";

/** Problems: CONSUMES_UNKNOWN_SERVICE and CONSUMES_NOT_ENABLED for `needs`, NEEDS_LATER_LAYER, NEEDS_CYCLE. */
export function checkOrder(neighbours: Neighbours): Problem[] {
  const { facts, services } = neighbours;
  return [
    ...[...services.values()].flatMap((service) => [
      ...checkNeeds(service, neighbours),
      ...checkLoginOrder(service, neighbours),
    ]),
    ...cycles(services, facts),
  ];
}

function checkNeeds(
  service: ResolvedService,
  { facts, services, existing }: Neighbours,
): Problem[] {
  return (service.spec.needs ?? []).flatMap((target, index) => {
    const keys = ["needs", index];
    const provider = services.get(target);
    if (provider !== undefined)
      return laterLayer(facts, { service, provider }, keys, {
        verb: "needs",
        fix: "drop the need",
      });
    if (isBroken({ facts, services, existing }, target)) return [];
    return [
      missingProvider({ facts, existing }, target, {
        service,
        verb: "needs",
        keys,
        otherwise: `say in ${overlayFile("<environment>", service.name)}: ${needsWithout(service, target)}`,
      }),
    ];
  });
}

/** Whoever logs in is not healthy without the other one, and its layer would hold up that of the other. */
function checkLoginOrder(service: ResolvedService, { facts, services }: Neighbours): Problem[] {
  return service.components.filter(waitsForLogins).flatMap((component) =>
    Object.entries(component.consumes).flatMap(([target, edge]) => {
      const provider = services.get(target);
      if (provider === undefined || typeof edge !== "object" || !("login" in edge)) return [];
      const keys = entryKeys({ service, component }, "consumes", target);
      return laterLayer(facts, { service, provider }, keys, {
        verb: "logs in at",
        fix: `give ${service.name} a tier of a later layer`,
        target: "key",
      });
    }),
  );
}

interface Waiting {
  readonly service: ResolvedService;
  readonly provider: ResolvedService;
}

function laterLayer(
  facts: EnvironmentFacts,
  { service, provider }: Waiting,
  keys: Keys,
  { verb, fix, target }: { readonly verb: string; readonly fix: string; readonly target?: "key" },
): Problem[] {
  const [own, other] = [layerOf(service, facts), layerOf(provider, facts)];
  if (!isBefore(own, other)) return [];
  return [
    problemAt(
      "NEEDS_LATER_LAYER",
      service.file,
      keys,
      {
        message: `${service.name} (layer ${own}) ${verb} ${provider.name}, which starts later (layer ${other})`,
        expected: "a service of the same layer or an earlier one",
        fix: `${fix}, or change the layer of a tier in ${tiersFile}`,
        ...(target === undefined ? {} : { target }),
      },
      facts.name,
    ),
  ];
}

/** What an overlay says so that a service does not need one of those it needs. */
export function needsWithout({ spec }: ResolvedService, target: string): string {
  const others = (spec.needs ?? []).filter((name) => name !== target);
  return others.length === 0
    ? 'remove: ["needs"]'
    : `needs: [${others.map((name) => JSON.stringify(name)).join(", ")}]`;
}

/** Each cycle once, as the path a -> b -> a, starting at its first name. */
function cycles(
  services: ReadonlyMap<string, ResolvedService>,
  facts: EnvironmentFacts,
): Problem[] {
  const found = new Map<string, readonly string[]>();
  // All that follows from these has been looked at: without it, ways that part and meet again would be gone one by one.
  const finished = new Set<string>();
  const visit = (name: string, path: readonly string[]) => {
    const start = path.indexOf(name);
    if (start >= 0) {
      const cycle = rotate(path.slice(start));
      found.set(cycle.join(" "), cycle);
      return;
    }
    if (finished.has(name)) return;
    for (const next of services.get(name)?.spec.needs ?? []) visit(next, [...path, name]);
    finished.add(name);
  };
  for (const name of [...services.keys()].sort()) visit(name, []);
  return [...found.values()].map((cycle) => {
    const [first = ""] = cycle;
    const service = services.get(first);
    const message = `services need each other in a circle: ${[...cycle, first].join(" → ")}`;
    return problemAt(
      "NEEDS_CYCLE",
      service?.file ?? "",
      ["needs"],
      {
        message,
        expected: "an order in which each can start",
        fix: "remove one of these needs; consumes may be circular",
      },
      facts.name,
    );
  });
}

function rotate(cycle: readonly string[]): readonly string[] {
  const first = cycle.indexOf([...cycle].sort()[0] ?? "");
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

/** A need inside one layer gives reach to the provider's first TCP port, where none is declared. */
export function connectionsOfNeeds(
  { facts, services }: Neighbours,
  declared: readonly Connection[],
): Connection[] {
  return [...services.values()].flatMap((service) =>
    (service.spec.needs ?? []).flatMap((target) => {
      const provider = services.get(target);
      const component = provider?.components.find((candidate) =>
        candidate.ports.some((port) => port.protocol === "TCP"),
      );
      const port = component?.ports.find((candidate) => candidate.protocol === "TCP");
      if (
        provider === undefined ||
        component === undefined ||
        port === undefined ||
        layerOf(provider, facts) !== layerOf(service, facts)
      )
        return [];
      return service.components
        .filter(
          (consumer) =>
            !declared.some(
              (edge) => edge.consumer.component === consumer && edge.provider.service === provider,
            ),
        )
        .map((consumer): Connection => ({
          consumer: { service, component: consumer },
          provider: { service: provider, component },
          ports: [port],
        }));
    }),
  );
}
