/** What cannot stand together in one pod: names, paths, credentials. The API server or the kubelet would refuse it. */
import type { Release, ResolvedComponent, ResolvedService } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import type { ProblemText } from "../../problems/report.ts";
import { containersOf, fileVolumeNames, mountedNames, mountsOf } from "../../release/containers.ts";
import { deviceVolume, fileKey } from "../../model/names.ts";
import { seconds } from "../../model/units.ts";
import type { AuthoredContainer } from "../../release/containers.ts";

type Report = (keys: Keys, text: ProblemText) => Problem;

/** Problems: SPEC_INVALID. */
export function checkPods(release: Release): Problem[] {
  const { service, facts } = release;
  const report: Report = (keys, text) =>
    problemAt("SPEC_INVALID", service.file, keys, text, facts.name);
  const containers = service.components.flatMap(containersOf);
  return [
    ...service.components.flatMap((component) => sameNames(report, component)),
    ...containers.flatMap((container) => [
      ...hiddenPaths(report, container),
      ...sameKeys(report, container),
    ]),
    ...takenVolumes(report, service),
    ...userNamespaces(report, service),
    ...registries(report, service.components),
    ...shortTokens(report, release),
  ];
}

/** All containers of a pod have names of their own; the main one has the component's. */
function sameNames(report: Report, component: ResolvedComponent): Problem[] {
  const taken = new Set<string>();
  return containersOf(component).flatMap(({ name = component.name, keys }) => {
    const isTaken = taken.has(name);
    taken.add(name);
    return !isTaken
      ? []
      : [
          report(keys, {
            message: `two containers of ${component.name} are called \`${name}\``,
            found: name,
            expected: "a name of its own for each container of a pod",
            fix: `rename it, e.g. ${name}-2`,
            target: "key",
          }),
        ];
  });
}

/** A file or a device where something else is mounted: one path is mounted once (Kubernetes, "must be unique"). */
function hiddenPaths(report: Report, { spec, keys }: AuthoredContainer): Problem[] {
  const taken = new Map(
    mountsOf(spec).map(({ volume, mountPath }) => [
      mountPath,
      `the volume \`${volume}\` is mounted there already`,
    ]),
  );
  const own = [
    ...Object.keys(spec.files ?? {}).map((path) => ({ path, ...fileAt([...keys, "files", path]) })),
    ...(spec.security?.value.devices ?? []).map((path, index) => ({
      path,
      ...deviceAt([...keys, "security", "value", "devices", index]),
    })),
  ];
  return own.flatMap(({ path, keys: at, takes, ...text }) => {
    const message = taken.get(path);
    taken.set(path, message ?? takes);
    return message === undefined
      ? []
      : [report(at, { message, found: JSON.stringify(path), ...text })];
  });
}

const fileAt = (keys: Keys) => ({
  keys,
  takes: "a file is there already",
  expected: "a path of its own for each file",
  fix: "put the file into the folder, or mount the volume elsewhere",
  target: "key" as const,
});

const deviceAt = (keys: Keys) => ({
  keys,
  takes: "the device is there already",
  expected: "a path that nothing else takes: a device is where it is on the node",
  fix: "take the device out, or put the other elsewhere",
  target: "value" as const,
});

/** Two paths that are one key of the ConfigMap: `/etc/app.conf` and `/etc/app/conf`. */
function sameKeys(report: Report, { spec, keys }: AuthoredContainer): Problem[] {
  const first = new Map<string, string>();
  return Object.keys(spec.files ?? {}).flatMap((path) => {
    const other = first.get(fileKey(path));
    first.set(fileKey(path), other ?? path);
    return other === undefined
      ? []
      : [
          report([...keys, "files", path], {
            message: `\`${other}\` and \`${path}\` cannot be in one container: as keys of a ConfigMap they are the same`,
            found: JSON.stringify(path),
            expected: "paths that differ in more than their separators",
            fix: "rename one of the two files",
            target: "key",
          }),
        ];
  });
}

/** A volume of the service with the name of one that files or devices of the same pod take: one would replace the other. */
function takenVolumes(report: Report, { components, volumes }: ResolvedService): Problem[] {
  return components.flatMap((component) => {
    const containers = containersOf(component);
    const mounted = mountedNames(containers);
    const derived = new Set(
      containers.flatMap((container) => [
        ...fileVolumeNames(container),
        ...(container.spec.security?.value.devices ?? []).map(deviceVolume),
      ]),
    );
    return volumes
      .filter(({ name }) => mounted.has(name) && derived.has(name))
      .map(({ name }) =>
        report(["storage", name], {
          message: `the pods of ${component.name} have a volume \`${name}\` already, for files or devices`,
          found: name,
          expected: "a name of its own for each volume of a pod",
          fix: `take another name, e.g. ${name}-2`,
          target: "key",
        }),
      );
  });
}

/**
 * Users of a pod with a user namespace are others on the node. The API server lets such a pod share no namespace of the
 * node, and the kernel cannot mount NFS for it (idmapped mounts).
 */
function userNamespaces(report: Report, { components, volumes }: ResolvedService): Problem[] {
  return components.flatMap((component) => {
    const { source, path } = component;
    if (source.kind === "chart" || source.spec.userNamespace === undefined) return [];
    const containers = containersOf(component);
    const mounted = mountedNames(containers);
    const tell = (keys: Keys, what: string) =>
      report(keys, {
        message: `with a user namespace no pod ${what}`,
        expected: "one of the two",
        fix: "remove `userNamespace`, or remove this",
        target: "key",
      });
    return [
      ...(source.spec.network?.host === undefined
        ? []
        : [tell([...path, "network", "host"], "is in the network of its node")]),
      ...containers
        .filter(({ spec }) => spec.security?.value.hostProcesses !== undefined)
        .map(({ keys }) =>
          tell([...keys, "security", "value", "hostProcesses"], "sees the processes of its node"),
        ),
      ...volumes
        .filter(({ name, volume }) => volume.holds === "share" && mounted.has(name))
        .map(({ name }) => tell(["storage", name], "mounts a share: NFS cannot map its users")),
    ];
  });
}

/** One secret holds the credentials of all registries (a dockerconfigjson), and the service has one. */
function registries(report: Report, components: readonly ResolvedComponent[]): Problem[] {
  const uses = components.flatMap(({ source, path }) =>
    source.kind === "workload" && source.spec.pullSecret !== undefined
      ? [{ key: source.spec.pullSecret.secret, keys: [...path, "pullSecret"] }]
      : [],
  );
  const [first] = uses;
  return uses
    .filter(({ key }) => key !== first?.key)
    .map(({ key, keys }) =>
      report(keys, {
        message: `its components read two credentials of image registries, \`${first?.key}\` and \`${key}\``,
        found: JSON.stringify(key),
        expected: `secret(${JSON.stringify(first?.key)})`,
        fix: "put both registries into one dockerconfigjson",
      }),
    );
}

/** The shortest life the API server gives a token (Kubernetes, TokenRequest). */
const tokenSecondsMin = 600;

function shortTokens(report: Report, { service }: Release): Problem[] {
  return service.volumes.flatMap(({ name, volume }) =>
    volume.holds === "token" &&
    volume.lasts !== undefined &&
    seconds(volume.lasts) < tokenSecondsMin
      ? [
          report(["storage", name, "lasts"], {
            message: "no token lasts less than ten minutes",
            found: JSON.stringify(volume.lasts),
            expected: "10m or more",
            fix: 'write "10m" or more',
          }),
        ]
      : [],
  );
}
