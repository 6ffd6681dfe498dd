/** Pod Security Standards, as far as the typed input and rendered objects are judged by the same rule. */

/** From the strictest to the loosest. */
export const podSecurityLevels = ["restricted", "baseline", "privileged"] as const;
export type PodSecurityLevel = (typeof podSecurityLevels)[number];

/** Whether a level lets through what another one refuses. */
export const isLooser = (level: PodSecurityLevel, than: PodSecurityLevel): boolean =>
  podSecurityLevels.indexOf(level) > podSecurityLevels.indexOf(than);

/** Which a container of that level may add (https://kubernetes.io/docs/concepts/security/pod-security-standards/). */
const baselineCapabilities: ReadonlySet<unknown> = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);
const restrictedCapabilities: ReadonlySet<unknown> = new Set(["NET_BIND_SERVICE"]);

/** The strictest level that lets a container add all of these capabilities. */
export function levelOfCapabilities(added: readonly unknown[]): PodSecurityLevel {
  if (added.every((capability) => restrictedCapabilities.has(capability))) return "restricted";
  return added.every((capability) => baselineCapabilities.has(capability))
    ? "baseline"
    : "privileged";
}

/** Those only a privileged pod may add. */
export function capabilitiesBeyondBaseline(added: readonly unknown[]): readonly unknown[] {
  return added.filter((capability) => !baselineCapabilities.has(capability));
}
