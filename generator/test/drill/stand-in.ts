/** Pods of the backed-up service, and the rules by which a stand-in takes the place of the one that mounts its volume. */
import { app, object } from "./scenario.ts";

/** A pod as the service had it: it waits for a database that is not there, and its first container is loosened. */
export const appPod = object(
  "Pod",
  "sonarr-1",
  {
    hostNetwork: true,
    securityContext: { runAsUser: 0 },
    initContainers: [{ name: "wait-for-postgres", image: "busybox" }],
    containers: [{ name: "main", image: "sonarr", securityContext: { privileged: true } }],
    volumes: [
      { name: "config", persistentVolumeClaim: { claimName: "config" } },
      { name: "device", hostPath: { path: "/dev/net/tun" } },
    ],
  },
  app,
);
/** Of another component: it mounts nothing that is backed up, and would run. */
export const otherPod = object(
  "Pod",
  "other-1",
  { containers: [{ name: "main", image: "other" }] },
  { ...app, "app.kubernetes.io/component": "other" },
);

/** As RZP renders it (release/drill/modifiers.ts is tested for it). */
const restricted = {
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: "RuntimeDefault" },
};
const bare = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
export const standIn = [
  {
    conditions: { groupResource: "pods", namespaces: ["media-sonarr"] },
    strategicPatches: [
      {
        patchData: JSON.stringify({
          spec: {
            hostNetwork: null,
            securityContext: { $patch: "replace", ...restricted },
            initContainers: [
              { name: "wait-for-postgres", $patch: "delete" },
              { name: "restore-wait", securityContext: { $patch: "replace", ...bare } },
            ],
            containers: [
              { $patch: "replace" },
              { name: "stand-in", image: "node", securityContext: bare },
            ],
            volumes: [
              { $patch: "replace" },
              { name: "config", persistentVolumeClaim: { claimName: "config" } },
            ],
          },
        }),
      },
    ],
  },
];
