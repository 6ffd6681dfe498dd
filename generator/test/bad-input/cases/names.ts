/** The names under which the internet finds a cluster: zone, way in, hosts, who writes them. */
import { cabin, home, immich, prod } from "../change.ts";
import type { Change, Cases } from "../change.ts";

const id = "023e105f4ecef8ad9ca31a8372d0c353";
const other = "372e67954025e0ba6aaa6d586b9e0b59";
const zone = `zone: { name: "example.com", id: "${id}" }`;
const router = 'address: "203.0.113.10"';
const gateway = (more = "") => `    public: { name: "public", namespace: "network-envoy-gateway", podNamespace: "network-envoy-gateway", podLabels: { gateway: "public" }${more} },\n`;
const cluster = (more: string): Change => ({ in: home, replace: "  repository:", by: `  publicNames: { ${more} },\n  repository:` });
const withGateway = (more?: string): Change => ({ in: home, replace: "  gateways: {\n", by: `  gateways: {\n${gateway(more)}` });
/** What the cluster says, beside a public gateway. */
const names = (more: string): Change[] => [withGateway(), cluster(more)];
const valid = `${zone}, account: "${other}", ${router}`;
const behind = names(valid);
/** A public host of immich. */
const route = (text: string): Change => ({ in: immich, replace: '{ host: "photos", to: "server/http", audience: "internal", signIn: "own" }', by: `{ ${text}, to: "server/http", audience: "public", signIn: "own" }` });
const service = (name: string): Change => ({ in: `charts/services/${name}/values.ts`, text: `import { defineService } from "#rzp";\n\nexport default defineService({\n  tier: "platform",\n  about: "Stands for the real one",\n  image: "registry.example.com/${name}:1.0.0",\n  args: ["run"],\n  ports: { metrics: 2000 },\n  health: { http: "/ready", port: "metrics" },\n  metrics: { port: "metrics" },\n});\n` });
const running = (name: string, where: string): Change => ({ in: where, replace: "  services: [", by: `  services: ["${name}", ` });

/** Another cluster with the same zone, and an environment on it. */
const namedCabin = (text: string): Change[] => cabin(`  gateways: {
${gateway()}${gateway().replaceAll('public', 'internal')}  },
  publicNames: { ${text} },
`, { domain: "example.com", service: "ntfy" });
const ntfy: Change[] = [service("ntfy"), { in: "charts/services/ntfy/values.ts", replace: "  health:", by: '  routes: { web: { host: "ntfy", to: "metrics", audience: "public", signIn: "own" } },\n  health:' }, running("ntfy", prod)];

export const nameCases: Cases = {
  "zone-id-of-another-form": names(valid.replace(id, "023e105f")),
  "zone-without-a-name": names(valid.replace(`name: "example.com", `, "")),
  "zone-that-is-no-domain": names(valid.replace('"example.com"', '"example"')),
  "account-missing": names(`${zone}, ${router}`),
  "account-of-another-form": names(valid.replace(`"${other}"`, '"Home"')),
  "misspelt-fact": names(`${valid}, proxied: true`),
  "address-that-is-none": names(valid.replace("203.0.113.10", "203.0.113.510")),
  "private-address-proxied": names(valid.replace("203.0.113.10", "192.168.1.10")),
  "private-address-direct": names(`${valid.replace("203.0.113.10", "100.64.3.4")}, direct: true`),
  "private-address-of-ipv6": names(valid.replace("203.0.113.10", "fd00::10")),
  "direct-into-a-tunnel": [withGateway(', address: "10.0.10.201"'), cluster(`${zone}, account: "${other}", direct: true`), service("cloudflared"), running("cloudflared", prod)],
  "no-public-gateway": cluster(valid),
  "tunnel-to-a-gateway-without-address": [withGateway(), cluster(`${zone}, account: "${other}"`), service("cloudflared"), running("cloudflared", prod)],
  "tunnel-without-its-end": [withGateway(', address: "10.0.10.201"'), cluster(`${zone}, account: "${other}"`)],
  "end-of-a-tunnel-without-tunnel": [...behind, service("cloudflared"), running("cloudflared", prod)],
  "host-outside-the-zone": [...behind, route('host: "photos.example.org"')],
  "domain-outside-the-zone": [...names(valid.replace("example.com", "example.org")), route('host: "photos"')],
  "host-of-the-gateway": [...behind, route('host: "gateway-home"')],
  "host-too-deep-for-the-certificate": [...behind, route('host: "photos.media.example.com"')],
  "host-beside-an-ordered-certificate": [...names(`${valid}, certificates: ["*.tv.example.com"]`), route('host: "photos.media.example.com"')],
  "tls-ended-by-cloudflare": [...behind, route('host: "photos", kind: "tls"')],
  "grpc-through-a-tunnel": [withGateway(', address: "10.0.10.201"'), cluster(`${zone}, account: "${other}"`), service("cloudflared"), running("cloudflared", prod), route('host: "photos", kind: "grpc"')],
  "host-of-two-clusters": [...behind, ...namedCabin(valid), ...ntfy],
  "zone-of-two-ids": [...behind, ...namedCabin(valid.replace(id, other)), service("ntfy")],
  "id-of-two-zones": [...behind, ...namedCabin(valid.replace("example.com", "example.org")), service("ntfy")],
  "zone-of-two-accounts": [...behind, ...namedCabin(valid.replace(`account: "${other}"`, `account: "${id}"`)), service("ntfy")],
  "two-writers-of-names": [...behind, service("external-dns"), running("external-dns", "environments/dev/environment.ts")],
};
