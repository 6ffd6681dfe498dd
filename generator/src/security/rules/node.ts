/** What reaches past the pod into its node. Only a privileged namespace takes such a pod. */
import { at, list, map, text } from "../../model/reading.ts";
import type { ContainerRule, FactPath, Found, DeclaredPod, PodRule } from "../rule.ts";
import { loosenedAnywhere, never } from "../rule.ts";

const flag = (field: string, says: string, declared: PodRule["declared"], loosenedBy: string) =>
  ({
    of: "pod",
    needs: "privileged",
    says,
    loosenedBy,
    declared,
    found: ({ spec }) => (spec[field] === true ? [{ what: field, path: [field] }] : []),
    keeps: `!object.spec.?${field}.orValue(false)`,
  }) as const satisfies PodRule;

export const hostNetwork = flag(
  "hostNetwork",
  "pods have a network of their own",
  ({ component }) => (component.hostNetwork ? [[...component.path, "network", "host"]] : []),
  'network: { host: because(true, "say why here") }',
);

export const hostProcesses = flag(
  "hostPID",
  "pods see no processes of their node",
  loosenedAnywhere(({ hostProcesses: sees }) => sees),
  'security: because({ hostProcesses: true }, "say why here")',
);

export const hostIpc = flag(
  "hostIPC",
  "pods share no memory with processes of their node",
  never,
  "nothing: it is never needed",
);

export const hostPath: PodRule = {
  of: "pod",
  needs: "privileged",
  says: "pods mount no path and no device of their node",
  loosenedBy: 'because(hostPath(…), "say why here") in storage, or devices in security',
  declared: (place) => [
    ...loosenedAnywhere(({ devices }) => devices !== undefined && devices.length > 0)(place),
    ...mountedVolumes(place, "host"),
  ],
  found: ({ spec }) =>
    list(spec, "volumes").flatMap((volume, index): Found[] =>
      at(volume, "hostPath") === undefined
        ? []
        : [
            {
              what: `volume ${text(volume, "name") ?? ""} is a path of the node`,
              path: ["volumes", index],
            },
          ],
    ),
  keeps: "object.spec.?volumes.orValue([]).all(v, !has(v.hostPath))",
};

/** Where volumes that hold this are declared, of those the pods of a component mount. */
export function mountedVolumes({ service, containers }: DeclaredPod, holds: string): FactPath[] {
  const mounted = new Set(containers.flatMap(({ spec }) => Object.keys(spec.mounts ?? {})));
  return service.volumes
    .filter(({ name, volume }) => volume.holds === holds && mounted.has(name))
    .map(({ name }) => ["storage", name]);
}

export const hostPorts: ContainerRule = {
  of: "container",
  needs: "privileged",
  debugging: false,
  says: "containers take no port of their node",
  loosenedBy: "nothing: exposes gives a service an address",
  declared: never,
  found: ({ ports }, { spec }) =>
    // The API server gives a pod on its node's network all its ports on the node: that is told once.
    spec["hostNetwork"] === true
      ? []
      : list(ports).flatMap((port, index): Found[] =>
          [undefined, 0].includes(at(port, "hostPort") as number | undefined)
            ? []
            : [{ what: "a port of the node", path: ["ports", index, "hostPort"] }],
        ),
  keeps:
    "object.spec.?hostNetwork.orValue(false) || c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0)",
};

const hooks: readonly (readonly string[])[] = [
  ["livenessProbe"],
  ["readinessProbe"],
  ["startupProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
];
const actions = ["httpGet", "tcpSocket"] as const;

/** Since Kubernetes 1.34: a kubelet that asks another host than the pod is a way to reach what the pod may not. */
export const hostProbes: ContainerRule = {
  of: "container",
  needs: "privileged",
  debugging: false,
  says: "probes and hooks of containers ask the pod itself, no other host",
  loosenedBy: "nothing: leave host out",
  declared: never,
  found: (container) =>
    hooks.flatMap((hook) =>
      actions.flatMap((action): Found[] => {
        const host = at(container, ...hook, action, "host");
        return host === undefined || host === ""
          ? []
          : [
              {
                what: `lets the kubelet ask ${String(host)}`,
                path: [...hook, action, "host"],
              },
            ];
      }),
    ),
  keeps: hooks
    .flatMap((hook) =>
      actions.map((action) => `c.?${[...hook, action, "host"].join(".?")}.orValue('') == ''`),
    )
    .join(" && "),
};

export const windowsHostProcess: ContainerRule = {
  of: "container",
  needs: "privileged",
  debugging: true,
  says: "containers are no processes of a Windows node",
  loosenedBy: "nothing: it is never needed",
  declared: never,
  found: ({ securityContext }, { spec }) => {
    const what = "a Windows host process";
    return [
      ...(at(map(spec, "securityContext"), "windowsOptions", "hostProcess") === true
        ? [{ what, path: ["securityContext", "windowsOptions"], ofPod: true } as const]
        : []),
      ...(at(securityContext, "windowsOptions", "hostProcess") === true
        ? [{ what, path: ["securityContext", "windowsOptions"] }]
        : []),
    ];
  },
  keeps:
    "!c.?securityContext.?windowsOptions.?hostProcess.orValue(false) && !object.spec.?securityContext.?windowsOptions.?hostProcess.orValue(false)",
};
