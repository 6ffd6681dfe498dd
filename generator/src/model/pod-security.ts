/** Pod Security Standards, as far as the typed input and rendered objects are judged by the same rule. */

/** From the strictest to the loosest. */
export const podSecurityLevels = ["restricted", "baseline", "privileged"] as const;
export type PodSecurityLevel = (typeof podSecurityLevels)[number];

/** Whether a level lets through what another one refuses. */
export const isLooser = (level: PodSecurityLevel, than: PodSecurityLevel): boolean =>
  podSecurityLevels.indexOf(level) > podSecurityLevels.indexOf(than);

/** The looser one of them. */
export const loosest = (levels: readonly PodSecurityLevel[]): PodSecurityLevel =>
  levels.reduce((most, level) => (isLooser(level, most) ? level : most), "restricted");

/** Which capabilities a container of that level may add (https://kubernetes.io/docs/concepts/security/pod-security-standards/). */
export const baselineCapabilities: readonly string[] = [
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
];
export const restrictedCapabilities: readonly string[] = ["NET_BIND_SERVICE"];
