/**
 * The one table of the security rules: for each, what keeps it and what breaks it. It runs through the three
 * places of a rule: the typed input and the rendered object (rules.test.ts), and the API server's own CEL
 * (../tools/verify/admission.test.ts).
 */
import type { SecurityRuleName } from "../../src/security/rules.ts";
import type { Case } from "./cases.ts";
import {
  appArmorKey,
  container,
  containerSecurity,
  context,
  host,
  hostNetwork,
  inContainer,
  initContext,
  nothing,
  plain,
  pod,
  podContext,
  podSecurity,
  said,
  security,
  sidecar,
  volume,
} from "./cases.ts";

export interface Fixture {
  readonly keeps: readonly Case[];
  readonly breaks: readonly Case[];
}

export const table: Readonly<Record<SecurityRuleName, Fixture>> = {
  "host-network": {
    keeps: [nothing, plain, pod({ hostNetwork: false })],
    breaks: [said(hostNetwork), pod({ hostNetwork: true })],
  },
  "host-processes": {
    keeps: [nothing, plain, security({ user: 0 })],
    breaks: [
      security({ hostProcesses: true }),
      sidecar({ hostProcesses: true }),
      pod({ hostPID: true }),
    ],
  },
  "host-ipc": { keeps: [nothing, plain], breaks: [pod({ hostIPC: true })] },
  "host-path": {
    keeps: [nothing, plain, volume({ emptyDir: {} })],
    breaks: [
      host({}),
      host({ readOnly: true }),
      security({ devices: ["/dev/ttyUSB0"] }),
      sidecar({ devices: ["/dev/net/tun"] }),
      volume({ hostPath: { path: "/" } }),
    ],
  },
  sysctls: {
    keeps: [
      nothing,
      plain,
      podContext({ sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] }),
    ],
    breaks: [
      podContext({ sysctls: [{ name: "kernel.msgmax", value: "1" }] }),
      podContext({
        sysctls: [
          { name: "net.ipv4.tcp_syncookies", value: "1" },
          { name: "net.core.somaxconn", value: "1024" },
        ],
      }),
    ],
  },
  "apparmor-annotation": {
    keeps: [
      nothing,
      said({ podAnnotations: { [appArmorKey]: "runtime/default" } }),
      pod({}, { [appArmorKey]: "localhost/mine" }),
      pod({}, { "example.com/other": "unconfined" }),
    ],
    breaks: [
      said({ podAnnotations: { [appArmorKey]: "unconfined" } }),
      pod({}, { [appArmorKey]: "unconfined" }),
    ],
  },
  privileged: {
    keeps: [nothing, plain, security({ user: 0 }), context({ privileged: false })],
    breaks: [
      security({ privileged: true }),
      sidecar({ privileged: true }),
      context({ privileged: true }),
      initContext({ privileged: true }),
    ],
  },
  capabilities: {
    keeps: [
      nothing,
      security({ addCapabilities: ["CHOWN", "SETUID"] }),
      context({ capabilities: { drop: ["ALL"], add: ["KILL"] } }),
    ],
    breaks: [
      security({ addCapabilities: ["NET_ADMIN"] }),
      sidecar({ addCapabilities: ["CHOWN", "SYS_TIME"] }),
      context({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } }),
      initContext({ capabilities: { drop: ["ALL"], add: ["NET_RAW"] } }),
    ],
  },
  "proc-mount": {
    keeps: [nothing, plain, context({ procMount: "Default" })],
    breaks: [context({ procMount: "Unmasked" }), initContext({ procMount: "Unmasked" })],
  },
  "seccomp-off": {
    keeps: [nothing, plain, context({ seccompProfile: { type: "RuntimeDefault" } })],
    breaks: [
      security({ unconfined: true }),
      sidecar({ unconfined: true }),
      context({ seccompProfile: { type: "Unconfined" } }),
      podContext({ seccompProfile: { type: "Unconfined" } }),
    ],
  },
  selinux: {
    keeps: [
      nothing,
      plain,
      context({ seLinuxOptions: { type: "container_t" } }),
      podContext({ seLinuxOptions: { level: "s0:c1" } }),
    ],
    breaks: [
      context({ seLinuxOptions: { type: "spc_t" } }),
      context({ seLinuxOptions: { user: "root" } }),
      podContext({ seLinuxOptions: { role: "admin" } }),
    ],
  },
  apparmor: {
    keeps: [nothing, plain, context({ appArmorProfile: { type: "RuntimeDefault" } })],
    breaks: [
      context({ appArmorProfile: { type: "Unconfined" } }),
      podContext({ appArmorProfile: { type: "Unconfined" } }),
    ],
  },
  "windows-host-process": {
    keeps: [nothing, plain, context({ windowsOptions: { hostProcess: false } })],
    breaks: [
      context({ windowsOptions: { hostProcess: true } }),
      podContext({ windowsOptions: { hostProcess: true } }),
    ],
  },
  "host-ports": {
    keeps: [
      nothing,
      said({ ports: { http: 8080 } }),
      inContainer({ ports: [{ containerPort: 80, hostPort: 0 }] }),
      // The API server itself gives pods on the node's network their ports there.
      pod({
        hostNetwork: true,
        containers: [container({ ports: [{ containerPort: 80, hostPort: 80 }] })],
      }),
    ],
    breaks: [inContainer({ ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }] })],
  },
  "host-probes": {
    keeps: [
      nothing,
      said({ ports: { http: 8080 }, health: { http: "/ping" } }),
      inContainer({ livenessProbe: { httpGet: { port: 80, host: "" } } }),
      inContainer({ lifecycle: { preStop: { exec: { command: ["true"] } } } }),
    ],
    breaks: ["httpGet", "tcpSocket"].flatMap((action) => {
      const asks = { [action]: { port: 80, host: "10.0.0.1" } };
      return [
        inContainer({ livenessProbe: asks }),
        inContainer({ readinessProbe: asks }),
        inContainer({ startupProbe: asks }),
        inContainer({ lifecycle: { postStart: asks } }),
        inContainer({ lifecycle: { preStop: asks } }),
      ];
    }),
  },
  volumes: {
    keeps: [
      nothing,
      host({}),
      said({ storage: { data: { holds: "state", at: "/data", size: "1Gi" } } }),
      said({ storage: { media: { holds: "share", share: "media", at: "/media" } } }),
      said({ storage: { tmp: { holds: "scratch", at: "/tmp" } } }),
      volume({ projected: { sources: [] } }),
      volume({ image: { reference: "example.com/models:1.0" } }),
    ],
    breaks: [
      volume({ nfs: { server: "10.0.0.5", path: "/" } }),
      volume({ iscsi: { targetPortal: "10.0.0.5", iqn: "iqn.2026-01.com.example:x", lun: 0 } }),
    ],
  },
  escalation: {
    keeps: [nothing, plain, security({ user: 0 })],
    breaks: [
      security({ escalation: true }),
      security({ privileged: true }),
      context({ allowPrivilegeEscalation: true }),
      inContainer({ securityContext: { readOnlyRootFilesystem: true } }),
    ],
  },
  root: {
    keeps: [
      nothing,
      said({ runAs: { user: 568 } }),
      plain,
      pod({
        securityContext: { seccompProfile: podSecurity.seccompProfile },
        containers: [container({ securityContext: { ...containerSecurity, runAsNonRoot: true } })],
      }),
    ],
    breaks: [
      security({ user: 0 }),
      sidecar({ user: 0 }),
      context({ runAsNonRoot: false }),
      context({ runAsUser: 0 }),
      podContext({ runAsUser: 0 }),
      pod({ securityContext: { seccompProfile: podSecurity.seccompProfile } }),
      initContext({ runAsUser: 0 }),
    ],
  },
  seccomp: {
    keeps: [
      nothing,
      plain,
      pod({
        securityContext: { runAsNonRoot: true },
        containers: [
          container({
            securityContext: { ...containerSecurity, seccompProfile: { type: "RuntimeDefault" } },
          }),
        ],
      }),
    ],
    breaks: [pod({ securityContext: { runAsNonRoot: true } })],
  },
  "drop-all": {
    keeps: [nothing, plain, security({ addCapabilities: ["CHOWN"] })],
    breaks: [
      security({ privileged: true }),
      context({ capabilities: {} }),
      context({ capabilities: { drop: ["NET_RAW"] } }),
      initContext({ capabilities: {} }),
    ],
  },
  "few-capabilities": {
    keeps: [
      nothing,
      security({ addCapabilities: ["NET_BIND_SERVICE"] }),
      context({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }),
    ],
    breaks: [
      security({ addCapabilities: ["CHOWN"] }),
      sidecar({ addCapabilities: ["NET_ADMIN"] }),
      context({ capabilities: { drop: ["ALL"], add: ["CHOWN"] } }),
    ],
  },
  "root-group": {
    keeps: [nothing, plain, security({ user: 0 }), podContext({ runAsGroup: 1000 })],
    breaks: [
      security({ group: 0 }),
      sidecar({ group: 0 }),
      context({ runAsGroup: 0 }),
      podContext({ runAsGroup: 0 }),
    ],
  },
  "read-only-root": {
    keeps: [nothing, plain, security({ user: 0 })],
    breaks: [
      security({ writableRoot: true }),
      sidecar({ writableRoot: true }),
      context({ readOnlyRootFilesystem: false }),
      inContainer({
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      }),
    ],
  },
  token: {
    keeps: [nothing, plain, volume({ projected: { sources: [{ secret: { name: "x" } }] } })],
    breaks: [
      said({ account: {} }),
      said({ account: { namespace: { pods: ["get"] } } }),
      said({ storage: { vault: { holds: "token", at: "/token", audience: "vault" } } }),
      pod({ automountServiceAccountToken: true }),
      pod({ automountServiceAccountToken: undefined }),
      volume({ projected: { sources: [{ serviceAccountToken: { path: "token" } }] } }),
      volume({
        projected: {
          sources: [
            { secret: { name: "x" } },
            {
              podCertificate: {
                signerName: "example.com/signer",
                keyType: "ED25519",
                credentialBundlePath: "bundle",
              },
            },
          ],
        },
      }),
    ],
  },
  "inline-volumes": {
    keeps: [
      nothing,
      said({ storage: { media: { holds: "share", share: "media", at: "/media" } } }),
      said({ storage: { data: { holds: "state", at: "/data", size: "1Gi" } } }),
      volume({ emptyDir: {} }),
      volume({ persistentVolumeClaim: { claimName: "data" } }),
    ],
    breaks: [
      volume({ csi: { driver: "nfs.csi.k8s.io", volumeAttributes: { server: "10.0.0.5" } } }),
      volume({
        ephemeral: {
          volumeClaimTemplate: {
            spec: {
              accessModes: ["ReadWriteOnce"],
              resources: { requests: { storage: "1Gi" } },
            },
          },
        },
      }),
    ],
  },
  "memory-limit": {
    keeps: [nothing, said({ size: "tiny" }), plain],
    breaks: [
      inContainer({ resources: {} }),
      inContainer({ resources: { requests: { memory: "1Gi" }, limits: { cpu: "1" } } }),
      pod({ initContainers: [container({ name: "first", resources: undefined })] }),
    ],
  },
  image: {
    keeps: [
      nothing,
      plain,
      inContainer({ image: "registry.example.com:5000/app:1.0.0" }),
      inContainer({ image: `app:latest@sha256:${"a".repeat(64)}` }),
      inContainer({ image: "app:1.0.0-alpha" }),
      inContainer({ image: "app:beta-1.2.3" }),
      inContainer({ image: "app:nightly_20260114" }),
      inContainer({ image: "app:Main-1A2B3CD" }),
      inContainer({ image: "app:release-42" }),
      inContainer({ image: "app:Nightly_LS99" }),
      inContainer({ image: "app:edge-b1234" }),
      inContainer({ image: "registry.example.com:5000/latest-app:edgeware" }),
    ],
    breaks: [
      inContainer({ image: "app" }),
      inContainer({ image: "app:latest" }),
      inContainer({ image: "registry.example.com:5000/app" }),
      inContainer({ image: "app:Nightly" }),
      inContainer({ image: "app:Latest-alpine3.20" }),
      inContainer({ image: "registry.example.com:5000/app:edge-1" }),
      inContainer({ image: "app:latest-py310" }),
      inContainer({ image: "app:main-7-slim" }),
    ],
  },
};
