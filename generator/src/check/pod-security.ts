/**
 * The Pod Security Standards, control by control, read from a pod as the admission controller reads it.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
import type { Keys } from "../problems/report.ts";
import { capabilitiesBeyondBaseline, levelOfCapabilities } from "../model/pod-security.ts";
import type { PodSecurityLevel } from "../model/pod-security.ts";
import type { Container, Pod } from "./pods.ts";
import { containersIn } from "./pods.ts";
import { at, list, map, text } from "./tree.ts";
import { isTree } from "../model/data.ts";

/** Something that takes a pod above a level: which level it needs, where it is, and words for it. */
export interface Loosening {
  readonly needs: Exclude<PodSecurityLevel, "restricted">;
  readonly what: string;
  readonly path: Keys;
  /** The container it is in; undefined for the pod as a whole. */
  readonly container: string | undefined;
}

/** Everything that keeps a pod from being restricted. */
export function looseningsOf(pod: Pod): Loosening[] {
  return [...ofPod(pod), ...containersIn(pod).flatMap((container) => ofContainer(pod, container))];
}

const safeSysctls: ReadonlySet<unknown> = new Set([
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
]);
const restrictedVolumes: readonly string[] = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

function ofPod({ spec, path }: Pod): Loosening[] {
  const found = (needs: Loosening["needs"], what: string, ...keys: Keys): Loosening => ({
    needs,
    what,
    path: [...path, ...keys],
    container: undefined,
  });
  const security = map(spec, "securityContext");
  return [
    ...["hostNetwork", "hostPID", "hostIPC"]
      .filter((field) => spec[field] === true)
      .map((field) => found("privileged", field, field)),
    ...list(spec, "volumes").flatMap((volume, index) => {
      const name = text(volume, "name") ?? "";
      if (at(volume, "hostPath") !== undefined)
        return [found("privileged", `volume ${name} is a path of the node`, "volumes", index)];
      const allowed = Object.keys(map(volume)).every(
        (key) => key === "name" || restrictedVolumes.includes(key),
      );
      return allowed
        ? []
        : [
            found(
              "baseline",
              `volume ${name} is of a kind that restricted does not allow`,
              "volumes",
              index,
            ),
          ];
    }),
    ...list(security, "sysctls").flatMap((sysctl, index) =>
      safeSysctls.has(at(sysctl, "name"))
        ? []
        : [
            found(
              "privileged",
              `sysctl ${text(sysctl, "name")}`,
              "securityContext",
              "sysctls",
              index,
            ),
          ],
    ),
    ...(at(security, "windowsOptions", "hostProcess") === true
      ? [found("privileged", "a Windows host process", "securityContext", "windowsOptions")]
      : []),
    ...(isUnusualSelinux(security["seLinuxOptions"])
      ? [found("privileged", "SELinux options", "securityContext", "seLinuxOptions")]
      : []),
    ...(security["runAsUser"] === 0
      ? [found("baseline", "runs as root", "securityContext", "runAsUser")]
      : []),
  ];
}

function isUnusualSelinux(options: unknown): boolean {
  const types: readonly unknown[] = [
    undefined,
    "",
    "container_t",
    "container_init_t",
    "container_kvm_t",
    "container_engine_t",
  ];
  return (
    isTree(options) &&
    (!types.includes(options["type"]) || Boolean(options["user"]) || Boolean(options["role"]))
  );
}

function ofContainer(pod: Pod, container: Container): Loosening[] {
  const found = (needs: Loosening["needs"], what: string, ...keys: Keys): Loosening => ({
    needs,
    what,
    path: [...container.path, ...keys],
    container: container.name,
  });
  const security = map(container.tree, "securityContext");
  const ofWholePod = map(pod.spec, "securityContext");
  const added = list(security, "capabilities", "add");
  const beyond = capabilitiesBeyondBaseline(added);
  const seccomp =
    at(security, "seccompProfile", "type") ?? at(ofWholePod, "seccompProfile", "type");
  const nonRoot = security["runAsNonRoot"] ?? ofWholePod["runAsNonRoot"];
  return [
    ...(security["privileged"] === true
      ? [found("privileged", "privileged", "securityContext", "privileged")]
      : []),
    ...(beyond.length > 0
      ? [found("privileged", `adds ${beyond.join(", ")}`, "securityContext", "capabilities")]
      : []),
    ...(security["procMount"] !== undefined && security["procMount"] !== "Default"
      ? [found("privileged", "sees all of /proc", "securityContext", "procMount")]
      : []),
    ...(seccomp === "Unconfined"
      ? [found("privileged", "has no seccomp filter", "securityContext", "seccompProfile")]
      : []),
    ...(isUnusualSelinux(security["seLinuxOptions"])
      ? [found("privileged", "SELinux options", "securityContext", "seLinuxOptions")]
      : []),
    ...list(container.tree, "ports").flatMap((port, index) =>
      at(port, "hostPort") === undefined || at(port, "hostPort") === 0
        ? []
        : [found("privileged", "a port of the node", "ports", index, "hostPort")],
    ),
    ...(security["allowPrivilegeEscalation"] === false
      ? []
      : [found("baseline", "may gain rights", "securityContext", "allowPrivilegeEscalation")]),
    ...(nonRoot === true
      ? []
      : [found("baseline", "may run as root", "securityContext", "runAsNonRoot")]),
    ...(security["runAsUser"] === 0
      ? [found("baseline", "runs as root", "securityContext", "runAsUser")]
      : []),
    ...(seccomp === undefined
      ? [found("baseline", "names no seccomp filter", "securityContext", "seccompProfile")]
      : []),
    ...(list(security, "capabilities", "drop").includes("ALL")
      ? []
      : [found("baseline", "keeps Linux capabilities", "securityContext", "capabilities")]),
    ...(levelOfCapabilities(added) === "baseline"
      ? [found("baseline", `adds ${added.join(", ")}`, "securityContext", "capabilities")]
      : []),
  ];
}
