/** What stands between a container and the kernel: system calls, /proc, AppArmor, SELinux, kernel parameters. */
import { at, list, map, text } from "../../model/reading.ts";
import { asTree } from "../../model/data.ts";
import type { ContainerRule, Found, PodRule } from "../rule.ts";
import { loosened, never } from "../rule.ts";
import { celList } from "../cel.ts";

const seccompPath = ["securityContext", "seccompProfile"] as const;
const celContainer = "c.?securityContext";
const celPod = "object.spec.?securityContext";

export const seccompOff: ContainerRule = {
  of: "container",
  needs: "privileged",
  debugging: true,
  says: "containers have a seccomp filter",
  loosenedBy: 'security: because({ unconfined: true }, "say why here")',
  declared: loosened(({ unconfined }) => unconfined),
  found: (container, { spec }) => {
    const what = "has no seccomp filter";
    return [
      ...(at(spec, ...seccompPath, "type") === "Unconfined"
        ? [{ what, path: seccompPath, ofPod: true } as const]
        : []),
      ...(at(container, ...seccompPath, "type") === "Unconfined"
        ? [{ what, path: seccompPath }]
        : []),
    ];
  },
  keeps: `${celContainer}.?seccompProfile.?type.orValue('') != 'Unconfined' && ${celPod}.?seccompProfile.?type.orValue('') != 'Unconfined'`,
};

export const seccomp: ContainerRule = {
  of: "container",
  needs: "baseline",
  debugging: true,
  says: "containers or their pod name a seccomp filter",
  loosenedBy: "nothing: seccompProfile: { type: RuntimeDefault } is always possible",
  declared: never,
  found: (container, { spec }) =>
    at(container, ...seccompPath, "type") === undefined &&
    at(spec, ...seccompPath, "type") === undefined
      ? [{ what: "names no seccomp filter", path: seccompPath }]
      : [],
  keeps: `${celContainer}.?seccompProfile.?type.hasValue() || ${celPod}.?seccompProfile.?type.hasValue()`,
};

export const procMount: ContainerRule = {
  of: "container",
  needs: "privileged",
  debugging: true,
  says: "containers do not see all of /proc",
  loosenedBy: "nothing: leave procMount out",
  declared: never,
  found: (container) =>
    [undefined, "Default"].includes(
      at(container, "securityContext", "procMount") as string | undefined,
    )
      ? []
      : [{ what: "sees all of /proc", path: ["securityContext", "procMount"] }],
  keeps: `${celContainer}.?procMount.orValue('Default') == 'Default'`,
};

const appArmorPath = ["securityContext", "appArmorProfile"] as const;
const appArmorPrefix = "container.apparmor.security.beta.kubernetes.io/";

/** The old way, which the kubelet still reads. */
export const appArmorAnnotation: PodRule = {
  of: "pod",
  needs: "privileged",
  says: "no annotation of a pod switches AppArmor off",
  loosenedBy: "nothing: leave the annotation out",
  declared: ({ component }) =>
    component.source.kind === "workload"
      ? unconfinedIn(component.source.spec.podAnnotations).map((key) => [
          ...component.path,
          "podAnnotations",
          key,
        ])
      : [],
  found: ({ annotations }) =>
    unconfinedIn(annotations).map(() => ({
      what: "has no AppArmor profile",
      path: [],
    })),
  keeps: `object.metadata.?annotations.orValue({}).all(k, !k.startsWith('${appArmorPrefix}') || object.metadata.annotations[k] == 'runtime/default' || object.metadata.annotations[k].startsWith('localhost/'))`,
};

const unconfinedIn = (annotations: unknown): string[] =>
  Object.entries(asTree(annotations)).flatMap(([key, value]) =>
    key.startsWith(appArmorPrefix) &&
    value !== "runtime/default" &&
    !String(value).startsWith("localhost/")
      ? [key]
      : [],
  );

export const appArmor: ContainerRule = {
  of: "container",
  needs: "privileged",
  debugging: true,
  says: "containers have an AppArmor profile where the node has AppArmor",
  loosenedBy: "nothing: leave appArmorProfile out",
  declared: never,
  found: (container, { spec }) => {
    const what = "has no AppArmor profile";
    return [
      ...(at(spec, ...appArmorPath, "type") === "Unconfined"
        ? [{ what, path: appArmorPath, ofPod: true } as const]
        : []),
      ...(at(container, ...appArmorPath, "type") === "Unconfined"
        ? [{ what, path: appArmorPath }]
        : []),
    ];
  },
  keeps: `${celContainer}.?appArmorProfile.?type.orValue('') != 'Unconfined' && ${celPod}.?appArmorProfile.?type.orValue('') != 'Unconfined'`,
};

const selinuxTypes = [
  "",
  "container_t",
  "container_init_t",
  "container_kvm_t",
  "container_engine_t",
];
const isUnusual = (context: unknown): boolean => {
  const options = map(context, "seLinuxOptions");
  return (
    !selinuxTypes.includes(text(options, "type") ?? "") ||
    Boolean(options["user"]) ||
    Boolean(options["role"])
  );
};
const celUsual = (context: string) =>
  [
    `${context}.?seLinuxOptions.?type.orValue('') in ${celList(selinuxTypes)}`,
    `${context}.?seLinuxOptions.?user.orValue('') == ''`,
    `${context}.?seLinuxOptions.?role.orValue('') == ''`,
  ].join(" && ");

export const selinux: ContainerRule = {
  of: "container",
  needs: "privileged",
  debugging: true,
  says: "containers have a usual SELinux type, no user and no role of their own",
  loosenedBy: "nothing: leave seLinuxOptions out",
  declared: never,
  found: (container, { spec }) => {
    const found: Found = { what: "SELinux options", path: ["securityContext", "seLinuxOptions"] };
    return [
      ...(isUnusual(spec["securityContext"]) ? [{ ...found, ofPod: true } as const] : []),
      ...(isUnusual(container["securityContext"]) ? [found] : []),
    ];
  },
  keeps: `${celUsual(celContainer)} && ${celUsual(celPod)}`,
};

const safeSysctls = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
];

export const sysctls: PodRule = {
  of: "pod",
  needs: "privileged",
  says: "pods change no kernel parameter that their node shares",
  loosenedBy: "nothing: set it on the nodes",
  declared: never,
  found: ({ spec }) =>
    list(spec, "securityContext", "sysctls").flatMap((sysctl, index): Found[] =>
      safeSysctls.includes(text(sysctl, "name") ?? "")
        ? []
        : [
            {
              what: `sysctl ${text(sysctl, "name")}`,
              path: ["securityContext", "sysctls", index],
            },
          ],
    ),
  keeps: `${celPod}.?sysctls.orValue([]).all(s, s.name in ${celList(safeSysctls)})`,
};
