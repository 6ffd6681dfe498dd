/**
 * A small repository whose cluster has IPv6 addresses, and a home network with both: facts may name them anywhere.
 * Its gateway has ports of single routes, and is before the provider at which it asks for a password; its prober asks
 * a service on the network of a node.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { createRepository } from "../../../support/repository.ts";
import type { Repository } from "../../../support/repository.ts";

const cluster = "environments/clusters/home.ts";

/** Some are private and some public: the internet has neither in it. */
const replaced: readonly (readonly [string, string])[] = [
  ["10.244.0.0/16", "fd00:10:244::/56"],
  ["10.96.0.0/12", "2001:db8:96::/112"],
  ["10.0.20.0/24", "2001:db8:20::/64"],
  ['["10.0.10.0/24"]', '["2001:db8:10::/64", "192.168.7.0/24"]'],
  ["10.0.10.200-10.0.10.230", "2001:db8:10::200/120"],
  ["10.0.10.", "2001:db8:10::"],
  ["10.0.20.", "2001:db8:20::"],
];

const proxies = `import { defineChart } from "#rzp";

export default defineChart({
  tier: "network",
  about: "The proxies of the gateway, beside their controller",
  chart: { from: "oci://registry.example.com/gateway", version: "1.0.0" },
  components: {
    controller: { pods: { app: "controller" }, reaches: { signIn: true } },
    proxy: {
      pods: { app: "proxy" },
      ports: { http: 10080, https: 10443 },
      reaches: { signIn: true },
      gatewayPorts: ["http", "https"],
    },
  },
});
`;

/** Reached at ports of the gateway, of which the pods of its proxies have one and not the other. */
const byPort = `import { defineService } from "#rzp";

export default defineService({
  tier: "media",
  about: "Reached at ports of the gateway",
  image: "registry.example.com/by-port:1.0.0",
  ports: { web: 8000, ssh: 2222, quic: { udp: 4444 } },
  health: { tcp: true, port: "web" },
  routes: {
    shell: { kind: "tcp", listener: 22, to: "ssh", audience: "internal" },
    stream: { kind: "udp", listener: 4433, to: "quic", audience: "internal" },
    web: { host: "by-port", to: "web", audience: "internal", signIn: "sso" },
    id: { host: "id", to: "web", audience: "internal", signIn: "own" },
  },
});
`;

const prober = `import { defineChart } from "#rzp";

export default defineChart({
  tier: "observability",
  about: "Asks what has no metrics whether it answers",
  chart: { from: "oci://registry.example.com/prober", version: "1.0.0" },
  components: { main: { pods: { app: "prober" } } },
});
`;

/** Beside a component that policies select. */
const onNode = `import { because, defineComposedService } from "#rzp";

export default defineComposedService({
  tier: "apps",
  about: "Finds devices by broadcast",
  components: {
    finder: {
      image: "registry.example.com/on-node:1.0.0",
      ports: { http: 8123 },
      health: { http: "/" },
      network: { host: because(true, "finds devices by broadcast") },
    },
    reader: {
      image: "registry.example.com/reader:1.0.0",
      health: { exec: ["true"] },
      consumes: { "./finder": "http" },
    },
  },
});
`;

const signIn = `signIn: { issuer: "https://id.example.com", clientId: "gateway", clientSecret: secret("sign-in"), at: "internal" },
  `;

/** Rendered, as the proof reads it. */
export async function ipv6Repository(): Promise<Repository> {
  const repository = createRepository({
    files: {
      "charts/services/envoy-gateway/values.ts": proxies,
      "charts/services/by-port/values.ts": byPort,
      "charts/services/blackbox-exporter/values.ts": prober,
      "charts/services/on-node/values.ts": onNode,
    },
  });
  const change = (file: string, changes: readonly (readonly [string, string])[]) => {
    const text = readFileSync(path.join(repository.root, file), "utf8");
    repository.write(
      file,
      changes.reduce((written, [from, to]) => written.replaceAll(from, to), text),
    );
  };
  change(cluster, replaced);
  change("environments/prod/environment.ts", [
    ["import { defineEnvironment }", "import { defineEnvironment, secret }"],
    [
      "services: [",
      `${signIn}services: ["blackbox-exporter", "by-port", "envoy-gateway", "on-node", `,
    ],
  ]);
  const { exitCode, stderr } = await repository.run(["render"]);
  if (exitCode !== 0) throw new Error(stderr);
  return repository;
}
