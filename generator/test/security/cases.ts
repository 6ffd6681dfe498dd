/** How the cases of the table are written: what a service says, and pods that are there already. */
import type { Tree } from "../../src/model/data.ts";

/** Part of a service's file: it is rendered, and all three places judge it. */
interface Said {
  readonly said: Tree;
}
/** A pod that no service's file can ask for, but a patch or an object of a person can. */
interface Made {
  readonly pod: Tree;
  readonly annotations?: Tree;
}
export type Case = Said | Made;

const why = "one good reason";
export const said = (more: Tree): Said => ({ said: more });
export const security = (value: Tree) => said({ security: { because: why, value } });
export const sidecar = (value: Tree) =>
  said({
    sidecars: {
      vpn: {
        image: "registry.example.com/vpn:1.0.0",
        health: { exec: ["true"] },
        security: { because: why, value },
      },
    },
  });
export const host = (more: Tree) =>
  said({
    storage: {
      logs: { because: why, value: { holds: "host", at: "/logs", path: "/var/log", ...more } },
    },
  });

export const podSecurity = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
export const container = (more: Tree = {}): Tree => ({
  name: "main",
  image: "registry.example.com/app:1.0.0",
  resources: { limits: { memory: "128Mi" } },
  securityContext: containerSecurity,
  ...more,
});
/** A pod that keeps every rule, with what a case says. */
export const pod = (more: Tree, annotations?: Tree): Made => ({
  pod: {
    automountServiceAccountToken: false,
    securityContext: podSecurity,
    containers: [container()],
    ...more,
  },
  ...(annotations === undefined ? {} : { annotations }),
});
export const podContext = (more: Tree) => pod({ securityContext: { ...podSecurity, ...more } });
export const inContainer = (more: Tree) => pod({ containers: [container(more)] });
export const context = (more: Tree) =>
  inContainer({ securityContext: { ...containerSecurity, ...more } });
export const initContext = (more: Tree) =>
  pod({
    initContainers: [
      container({ name: "first", securityContext: { ...containerSecurity, ...more } }),
    ],
  });
export const volume = (source: Tree) => pod({ volumes: [{ name: "v", ...source }] });
export const nothing = said({});
export const plain = pod({});

export const appArmorKey = "container.apparmor.security.beta.kubernetes.io/main";
export const hostNetwork = { network: { host: { because: why, value: true } } };
