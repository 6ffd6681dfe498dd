/** What does not fit together inside one component, though each value is right by itself. */
import type { Component } from "../../model/component.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { choice, problemAt } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import type { ProblemText } from "../../problems/report.ts";
import type { ProblemCode } from "../../problems/codes.ts";
import { portNameMax } from "../../model/patterns.ts";
import { bytes, millicores } from "../../model/units.ts";
import { containersOf, mountsOf } from "../../release/containers.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { isFloating, tagOf } from "../../release/images/references.ts";
import { checkExporter } from "./exporter.ts";

interface Site {
  readonly release: Release;
  readonly component: ResolvedComponent;
  readonly spec: Component;
  readonly report: (code: ProblemCode, keys: Keys, text: ProblemText) => Problem;
}

/** Problems: SPEC_INVALID, IMAGE_FLOATING, COMPONENT_UNKNOWN, EXPORTER_UNFIT. */
export function checkComponents(release: Release): Problem[] {
  return release.service.components.flatMap((component) => {
    if (component.source.kind === "chart") return [];
    const report: Site["report"] = (code, keys, text) =>
      problemAt(code, release.service.file, [...component.path, ...keys], text, release.facts.name);
    const site = { release, component, spec: component.source.spec, report };
    return [
      ...containersOf(component).flatMap((container) => checkContainer(site, container)),
      ...scaling(site),
      ...budget(site),
      ...samePorts(site),
      ...longPorts(site),
      ...neighbours(site),
      ...checkExporter(component, report),
    ];
  });
}

function checkContainer(site: Site, container: AuthoredContainer): Problem[] {
  const own = container.keys.slice(site.component.path.length);
  const { spec } = container;
  return [
    ...image(site, own, spec.image),
    ...resources(site, own, spec),
    ...samePaths(site, own, spec),
  ];
}

function image({ report }: Site, own: Keys, reference: string): Problem[] {
  if (!isFloating(reference)) return [];
  const tag = tagOf(reference);
  const message =
    tag === undefined
      ? "the image has no tag, so what runs changes by itself"
      : `the tag \`${tag}\` moves, so what runs changes by itself`;
  return [
    report("IMAGE_FLOATING", [...own, "image"], {
      message,
      found: JSON.stringify(reference),
      expected: "a tag that stays, or a digest",
      fix: "write the version that runs today, as the registry lists it",
    }),
  ];
}

function resources(
  { report, component }: Site,
  own: Keys,
  spec: AuthoredContainer["spec"],
): Problem[] {
  if (spec.resources === undefined) return [];
  const { cpu, cpuLimit, memory, memoryLimit } = spec.resources;
  const both: Problem[] =
    spec.size === undefined
      ? []
      : [
          report("SPEC_INVALID", [...own, "size"], {
            message: "`size` and `resources` both say how much it gets",
            found: JSON.stringify(spec.size),
            expected: "one of the two",
            fix: "remove `size`, or remove `resources`",
            target: "key",
            causes: eitherSet([...component.path, ...own], "resources", "size"),
          }),
        ];
  const below = (what: string, field: string, asked: string, limit: string) =>
    report("SPEC_INVALID", [...own, "resources", field], {
      message: `the ${what} limit is below the ${asked} asked for`,
      found: JSON.stringify(limit),
      expected: `${asked} or more`,
      fix: `write "${asked}" or more, or leave ${field} out`,
    });
  return [
    ...both,
    ...(memoryLimit !== undefined && bytes(memoryLimit) < bytes(memory)
      ? [below("memory", "memoryLimit", memory, memoryLimit)]
      : []),
    ...(cpuLimit !== undefined && millicores(cpuLimit) < millicores(cpu)
      ? [below("CPU", "cpuLimit", cpu, cpuLimit)]
      : []),
  ];
}

/** An overlay that sets one of two removes the other: the service needs that in other environments. */
function eitherSet(path: Keys, one: string, other: string): NonNullable<Problem["causes"]> {
  return [[one, other] as const, [other, one] as const].map(([set, remove]) => ({
    does: "sets",
    keys: [...path, set],
    fix: `remove the other here: remove: [${JSON.stringify([...path, remove].join("."))}], or leave \`${set}\` out`,
  }));
}

/** Two things at one path: the later one hides the first. */
function samePaths(
  { report, release }: Site,
  own: Keys,
  spec: AuthoredContainer["spec"],
): Problem[] {
  const isSole = release.service.kind === "service";
  const taken = new Map<string, string>();
  return mountsOf(spec).flatMap(({ volume, nth, mountPath }) => {
    const first = taken.get(mountPath);
    taken.set(mountPath, first ?? volume);
    const mount =
      isSole && own.length === 0 ? ["storage", volume, "at"] : [...own, "mounts", volume];
    const who =
      first === volume
        ? `\`${volume}\` is mounted twice`
        : `\`${first}\` and \`${volume}\` are both mounted`;
    return first === undefined
      ? []
      : [
          report("SPEC_INVALID", nth === undefined ? mount : [...mount, nth], {
            message: `${who} at ${mountPath}`,
            found: JSON.stringify(mountPath),
            expected: "a path of its own for each mount",
            fix: "change one of the two paths",
          }),
        ];
  });
}

function scaling({ report, spec, component }: Site): Problem[] {
  if (spec.scale === undefined || spec.replicas === undefined) return [];
  return [
    report("SPEC_INVALID", ["replicas"], {
      message: "`replicas` and `scale` both say how many pods there are",
      found: String(spec.replicas),
      expected: "one of the two",
      fix: "remove `replicas`, or remove `scale`",
      target: "key",
      causes: eitherSet(component.path, "scale", "replicas"),
    }),
  ];
}

/** A budget that keeps every pod would block every drain. One pod has none, and that is no error: an environment may want no more. */
function budget({ report, spec, component }: Site): Problem[] {
  const pods = spec.scale?.min ?? spec.replicas ?? 1;
  const { disruption } = spec;
  if (disruption === undefined || !("keep" in disruption) || disruption.keep < pods || pods === 0)
    return [];
  if (pods === 1) return hasBudget(spec) ? [noBudget(report, component, disruption.keep)] : [];
  return [
    report("SPEC_INVALID", ["disruption", "keep"], {
      message: `keeping ${disruption.keep} of ${pods} pods would block every drain`,
      found: String(disruption.keep),
      expected: `fewer than ${pods}`,
      fix: `write ${pods - 1}, or have more pods`,
    }),
  ];
}

/** The other kinds are told that they have none. */
const hasBudget = ({ runs }: Component): boolean =>
  runs === undefined || runs.as === "deployment" || runs.as === "statefulSet";

function noBudget(report: Site["report"], component: ResolvedComponent, keep: number): Problem {
  const fields = ["replicas", "scale"];
  return report("SPEC_INVALID", ["disruption", "keep"], {
    severity: "warning",
    message: "one pod has no budget, as keeping it would block every drain: this does nothing",
    found: String(keep),
    expected: "`disruption` from two pods on, of which one may go",
    fix: "remove `disruption`, or have more pods: replicas, or min of scale",
    causes: fields.map((field) => ({
      does: "sets" as const,
      keys: [...component.path, field],
      fix: `remove the budget here too: remove: [${JSON.stringify([...component.path, "disruption"].join("."))}]`,
    })),
  });
}

/** Two ports with one number, or with one name in the pod: the later one would replace the first. */
function samePorts({ report, component }: Site): Problem[] {
  const numbers = new Map<string, string>();
  const names = new Map<string, string>();
  return component.ports.flatMap(({ name, containerName, number, protocol }) => {
    const key = `${number}/${protocol}`;
    const same = numbers.get(key);
    const called = names.get(containerName);
    numbers.set(key, same ?? name);
    names.set(containerName, called ?? name);
    if (called !== undefined)
      return [
        report("SPEC_INVALID", ["ports", name], {
          message: `the ports \`${called}\` and \`${name}\` are both called \`${containerName}\` in the pod`,
          found: JSON.stringify(name),
          expected: "a name of its own for each port; one with tcp and udp has two",
          fix: "rename one of the two",
          target: "key",
        }),
      ];
    return same === undefined
      ? []
      : [
          report("SPEC_INVALID", ["ports", name], {
            message: `the ports \`${same}\` and \`${name}\` have the same number`,
            found: String(number),
            expected: "a number of its own for each port",
            fix: "remove one of the two, or mend its number",
          }),
        ];
  });
}

/** A port with both protocols is two in the pod, and their names are longer than its own. */
function longPorts({ report, component }: Site): Problem[] {
  return component.ports
    .filter(
      ({ containerName, protocol }) => protocol === "TCP" && containerName.length > portNameMax,
    )
    .map(({ name, containerName }) => {
      const most = portNameMax - (containerName.length - name.length);
      return report("SPEC_INVALID", ["ports", name], {
        message: `with both protocols it is \`${containerName}\` in the pod, and a port's name has ${portNameMax} characters at most`,
        found: JSON.stringify(name),
        expected: `${most} characters at most`,
        fix: "take a shorter name",
        target: "key",
      });
    });
}

function neighbours({ report, release, component, spec }: Site): Problem[] {
  const others = release.service.components
    .map(({ name }) => name)
    .filter((name) => name !== component.name);
  const unknown = (["apartFrom", "together"] as const).flatMap((field) =>
    (spec.placement?.[field] ?? []).flatMap((name, index) =>
      others.includes(name)
        ? []
        : [
            report("COMPONENT_UNKNOWN", ["placement", field, index], {
              message: `${release.service.name} has no other component \`${name}\``,
              ...choice(name, others, "remove it"),
            }),
          ],
    ),
  );
  const [first, second] = spec.placement?.together ?? [];
  if (first === undefined || second === undefined) return unknown;
  // kube-scheduler wants one pod that meets all terms of another (interpodaffinity, podMatchesAllAffinityTerms).
  return [
    ...unknown,
    report("SPEC_INVALID", ["placement", "together", 1], {
      message:
        "the scheduler looks for one pod that is of all these components, and never finds it",
      found: JSON.stringify(second),
      expected: "one component to share a node with",
      fix: `let \`${second}\` say together: [${JSON.stringify(first)}], or remove it here`,
    }),
  ];
}
