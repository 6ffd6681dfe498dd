/** Which services the restore drill starts on their restored volumes: those that need nobody else. */
import type { Derived } from "../../model/derived.ts";
import { valuesOf } from "../../model/derived.ts";
import type { DrillStart } from "../../model/drill-plan.ts";
import type { Release } from "../../model/platform.ts";
import { componentFact, serviceFact } from "../causes.ts";
import { isWorkload } from "../components.ts";
import type { WorkloadComponent } from "../components.ts";
import { containersOf } from "../containers.ts";
import { drilledVolumes } from "./volumes.ts";
import { healthPort } from "../ports.ts";

export const drillStart = (release: Release): DrillStart | undefined =>
  valuesOf(derivedDrillStart(release))[0];

/** Facts with which a component would wait for somebody, or must not run twice. */
const needsOthers = ["consumes", "reaches", "account", "gpu", "network", "calledBy"] as const;

/** In the drill's namespace pods reach nobody and keep every rule. */
export function derivedDrillStart(release: Release): Derived<DrillStart>[] {
  const { service } = release;
  if (drilledVolumes(release).length === 0) return [];
  const all = service.components.filter(isWorkload);
  const kept = all.filter(isServed);
  if (kept.length === 0 || all.length !== service.components.length) return [];
  const causes = [
    serviceFact(service, "needs"),
    serviceFact(service, "stopped"),
    serviceFact(service, "storage"),
    ...kept.flatMap((component) => [
      ...needsOthers.map((field) => componentFact(service, component, field)),
      ...containersOf(component).map(({ keys }) => serviceFact(service, ...keys, "security")),
    ]),
  ];
  const shares = service.volumes.some(
    ({ volume }) => volume.holds === "share" || volume.holds === "host",
  );
  const held = causes.some(({ absent, path }) => absent === undefined && path.at(-1) !== "storage");
  if (shares || held) return [];
  const health = kept.flatMap((component) => componentFact(service, component, "health"));
  const http = kept.flatMap(answering)[0];
  return [
    {
      value: {
        workloads: kept.map(({ objectName, source }) => ({
          resource: source.spec.runs?.as === "statefulSet" ? "statefulsets" : "deployments",
          name: objectName,
        })),
        ...(http === undefined ? {} : { http }),
      },
      rule: "service-started-in-drill",
      causes: [...causes, ...health],
    },
  ];
}

const isServed = ({ source }: WorkloadComponent): boolean => {
  const as = source.spec.runs?.as ?? "deployment";
  return as === "deployment" || as === "statefulSet";
};

function answering(component: WorkloadComponent): NonNullable<DrillStart["http"]>[] {
  const { health } = component.source.spec;
  if (health === undefined || "because" in health || health.http === undefined) return [];
  const port = healthPort(component.ports, health.port);
  return port === undefined
    ? []
    : [{ pods: component.podLabels, port: port.number, path: health.http }];
}
