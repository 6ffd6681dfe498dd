/** All security rules by name; the name stands in policies, in the Namespace's annotation and in messages. */
import * as contents from "./rules/contents.ts";
import * as kernel from "./rules/kernel.ts";
import * as node from "./rules/node.ts";
import * as rights from "./rules/rights.ts";
import type { SecurityRule } from "./rule.ts";

export const securityRules = {
  // The Pod Security Standards, https://kubernetes.io/docs/concepts/security/pod-security-standards/
  "host-network": node.hostNetwork,
  "host-processes": node.hostProcesses,
  "host-ipc": node.hostIpc,
  "host-path": node.hostPath,
  sysctls: kernel.sysctls,
  "apparmor-annotation": kernel.appArmorAnnotation,
  privileged: rights.privileged,
  capabilities: rights.capabilities,
  "proc-mount": kernel.procMount,
  "seccomp-off": kernel.seccompOff,
  selinux: kernel.selinux,
  apparmor: kernel.appArmor,
  "windows-host-process": node.windowsHostProcess,
  "host-ports": node.hostPorts,
  "host-probes": node.hostProbes,
  volumes: contents.volumes,
  escalation: rights.escalation,
  root: rights.root,
  seccomp: kernel.seccomp,
  "drop-all": rights.dropAll,
  "few-capabilities": rights.fewCapabilities,
  // What RZP asks for beyond them.
  "root-group": rights.rootGroup,
  "read-only-root": rights.readOnlyRoot,
  token: contents.token,
  "inline-volumes": contents.inlineVolumes,
  "memory-limit": rights.memoryLimit,
  image: contents.image,
} as const satisfies Readonly<Record<string, SecurityRule>>;

export type SecurityRuleName = keyof typeof securityRules;
export const securityRuleNames = Object.keys(securityRules) as readonly SecurityRuleName[];
