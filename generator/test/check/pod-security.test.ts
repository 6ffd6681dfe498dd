import { expect, test } from "vitest";
import type { Tree } from "./builder.ts";
import {
  container,
  cronJob,
  deployment,
  findings,
  messages,
  namespaceObject,
  podSpec,
  rendered,
} from "./builder.ts";

const code = "MANIFEST_POD_SECURITY";
const podSecurity = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
const containerSecurity = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
const inNamespace = (level: string, pod: Tree) =>
  rendered([namespaceObject(level), deployment(pod)]);
const withContainer = (security: Tree, more: Tree = {}) =>
  podSpec({
    containers: [container({ securityContext: { ...containerSecurity, ...security }, ...more })],
  });
const hostPath = podSpec({ volumes: [{ name: "logs", hostPath: { path: "/var/log" } }] });

/** What the admission controller refuses in `baseline`: only `privileged` takes it. */
const privileged: readonly (readonly [string, Tree])[] = [
  ["hostNetwork", podSpec({ hostNetwork: true })],
  ["hostPID", podSpec({ hostPID: true })],
  ["volume logs is a path of the node", hostPath],
  [
    "sysctl kernel.msgmax",
    podSpec({
      securityContext: { ...podSecurity, sysctls: [{ name: "kernel.msgmax", value: "1" }] },
    }),
  ],
  ["container main privileged", withContainer({ privileged: true })],
  [
    "container main adds NET_ADMIN",
    withContainer({ capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } }),
  ],
  ["container main sees all of /proc", withContainer({ procMount: "Unmasked" })],
  [
    "container main has no seccomp filter",
    withContainer({ seccompProfile: { type: "Unconfined" } }),
  ],
  [
    "container main a port of the node",
    withContainer({}, { ports: [{ name: "http", containerPort: 80, hostPort: 80 }] }),
  ],
  ["container main SELinux options", withContainer({ seLinuxOptions: { type: "spc_t" } })],
];

/** What `restricted` refuses and `baseline` takes. */
const baseline: readonly (readonly [string, Tree])[] = [
  ["runs as root", podSpec({ securityContext: { ...podSecurity, runAsUser: 0 } })],
  ["container main runs as root", withContainer({ runAsUser: 0 })],
  [
    "container main may run as root",
    podSpec({ securityContext: { seccompProfile: { type: "RuntimeDefault" } } }),
  ],
  ["container main may gain rights", withContainer({ allowPrivilegeEscalation: undefined })],
  ["container main names no seccomp filter", podSpec({ securityContext: { runAsNonRoot: true } })],
  ["container main keeps Linux capabilities", withContainer({ capabilities: {} })],
  ["container main adds CHOWN", withContainer({ capabilities: { drop: ["ALL"], add: ["CHOWN"] } })],
  [
    "volume nfs is of a kind that restricted does not allow",
    podSpec({ volumes: [{ name: "nfs", nfs: { server: "10.0.0.5", path: "/" } }] }),
  ],
];

test.for(privileged)("%s needs privileged", ([what, pod]) => {
  for (const enforced of ["restricted", "baseline"]) {
    expect(messages(findings(code, inNamespace(enforced, pod)))).toEqual([
      `Deployment sonarr: ${what}, which needs the Pod Security level privileged; its namespace enforces ${enforced}, so no pod would be created`,
    ]);
  }
  expect(findings(code, inNamespace("privileged", pod))).toEqual([]);
});

test.for(baseline)("%s needs baseline", ([what, pod]) => {
  expect(messages(findings(code, inNamespace("restricted", pod)))).toEqual([
    `Deployment sonarr: ${what}, which needs the Pod Security level baseline; its namespace enforces restricted, so no pod would be created`,
  ]);
  expect(findings(code, inNamespace("baseline", pod))).toEqual([]);
});

test("the tier has a maximum of its own", () => {
  const found = findings(
    code,
    rendered([namespaceObject("privileged"), deployment(hostPath)], { podSecurity: "baseline" }),
  );
  expect(messages(found)).toEqual([
    "Deployment sonarr: volume logs is a path of the node, which needs the Pod Security level privileged; tier media allows baseline at most",
  ]);
  expect(found[0]?.fix).toContain("environments/tiers.ts");
});

test("pods of jobs and containers that run before are looked at", () => {
  const init = podSpec({ initContainers: [container({ name: "wait", securityContext: {} })] });
  expect(findings(code, rendered([namespaceObject("restricted"), cronJob(init)]))).toHaveLength(1);
});

test.each([
  [
    "hostNetwork",
    podSpec({ hostNetwork: true }),
    'network: { host: because(true, "say why here") }',
  ],
  [
    "runs as root",
    withContainer({ runAsUser: 0 }),
    'security: because({ user: 0 }, "say why here")',
  ],
  ["all of /proc", withContainer({ procMount: "Unmasked" }), "nothing: leave procMount out"],
])("%s: the fix names the field that says it", (_, pod, field) => {
  const [finding] = findings(code, inNamespace("restricted", pod));
  expect(finding?.fix).toBe(`take it out; the rule is loosened by ${field}`);
});

test.for([
  ["a restricted pod in a restricted namespace", inNamespace("restricted", podSpec())],
  [
    "the one capability restricted allows",
    inNamespace(
      "restricted",
      withContainer({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }),
    ),
  ],
  [
    "a container says what its pod does not",
    inNamespace(
      "restricted",
      podSpec({
        securityContext: {},
        containers: [container({ securityContext: { ...containerSecurity, ...podSecurity } })],
      }),
    ),
  ],
  [
    "a safe sysctl",
    inNamespace(
      "restricted",
      podSpec({
        securityContext: {
          ...podSecurity,
          sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
        },
      }),
    ),
  ],
  [
    "volumes restricted allows",
    inNamespace(
      "restricted",
      podSpec({
        volumes: [
          { name: "a", emptyDir: {} },
          { name: "b", projected: {} },
          { name: "c", configMap: { name: "x" } },
        ],
      }),
    ),
  ],
  ["a user namespace", inNamespace("restricted", podSpec({ hostUsers: false }))],
  ["a namespace that enforces nothing known", rendered([deployment(hostPath)])],
  ["a tier without a maximum", rendered([namespaceObject("privileged"), deployment(hostPath)])],
  [
    "a host port of nothing",
    inNamespace(
      "restricted",
      withContainer({}, { ports: [{ name: "http", containerPort: 80, hostPort: 0 }] }),
    ),
  ],
] as const)("no finding: %s", ([, release]) => {
  expect(findings(code, release)).toEqual([]);
});
