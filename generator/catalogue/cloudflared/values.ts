import { defineService, secret } from "#rzp";

/** Which names it passes on, and to where, is Cloudflare's to say: `infra` writes that there (docs/guide-dns.md). */
export default defineService({
  tier: "network",
  about: "The end of the tunnel through which the internet reaches the public gateway",
  image: "docker.io/cloudflare/cloudflared:2026.8.2",
  args: ["tunnel", "run"],
  size: "small",
  // Each holds connections to two places of Cloudflare.
  replicas: 2,
  ports: { metrics: 2000 },
  // Ready while it is connected; a line that is down for minutes is no reason to start it again.
  health: { http: "/ready", port: "metrics", failures: 30 },
  metrics: { port: "metrics" },
  env: {
    TUNNEL_TOKEN: secret("tunnel-token"),
    TUNNEL_METRICS: "0.0.0.0:2000",
    NO_AUTOUPDATE: true,
  },
  consumes: { "envoy-gateway": "proxy/https" },
  // QUIC, and HTTP/2 where that does not get through.
  reaches: { internet: ["7844/udp", "7844/tcp"] },
  secrets: {
    "tunnel-token": {
      about: "Token of the tunnel: npm run infra -- token <cluster> says how to get it",
    },
  },
});
