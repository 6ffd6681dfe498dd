import { because, cluster, defineService, file, scratch, secret, share, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Downloads torrents, with a VPN as the only way out",
  image: "ghcr.io/home-operations/qbittorrent:5.2.3",
  size: "large",
  ports: { http: 8080 },
  health: { http: "/" },
  storage: {
    config: state({
      at: "/config",
      size: "2Gi",
      restored: { files: { atLeast: 2 }, newest: { within: "12h" } },
    }),
    // Downloads and library are one mount, so that hard links work.
    media: share("media", { at: "/media" }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: { TZ: cluster("timeZone"), QBT_WEBUI_PORT: 8080 },
  // The first start copies this to /config; its log has the password for the first login.
  files: { "/defaults/qBittorrent.conf": file("config/qBittorrent.conf") },
  sidecars: {
    vpn: {
      image:
        "ghcr.io/qdm12/gluetun:v3.41.3@sha256:fa19cc76b2af13d57a8d3dc3066f2ada061b1c761b8aecf989b3877c0486e027",
      // Routing rules of a killed container stay in the pod and would stop the next one.
      command: ["sh", "-c"],
      args: ["ip rule del table 51820; ip -6 rule del table 51820; exec /gluetun-entrypoint"],
      // It mends a broken tunnel itself; a restart is for when that has failed for long.
      health: { exec: ["/gluetun-entrypoint", "healthcheck"], startsWithin: "3m", failures: 12 },
      env: {
        VPN_SERVICE_PROVIDER: "custom",
        VPN_TYPE: "wireguard",
        WIREGUARD_ENDPOINT_IP: secret("wireguard-endpoint-ip"),
        WIREGUARD_ENDPOINT_PORT: 51820, // as in reaches
        WIREGUARD_PUBLIC_KEY: secret("wireguard-public-key"),
        WIREGUARD_PRIVATE_KEY: secret("wireguard-private-key"),
        WIREGUARD_ADDRESSES: secret("wireguard-addresses"),
        // Its firewall closes everything beside the tunnel: these stay open for the cluster.
        FIREWALL_INPUT_PORTS: 8080,
        POD_NETWORK: cluster("podNetwork"),
        SERVICE_NETWORK: cluster("serviceNetwork"),
        FIREWALL_OUTBOUND_SUBNETS: "$(POD_NETWORK),$(SERVICE_NETWORK)",
        TZ: cluster("timeZone"),
      },
      security: because(
        {
          user: 0,
          group: 0,
          addCapabilities: ["NET_ADMIN", "NET_BIND_SERVICE", "CHOWN", "DAC_OVERRIDE"],
          devices: ["/dev/net/tun"],
          writableRoot: true,
        },
        "creates the tunnel and its firewall, serves DNS on port 53, writes beside its program",
      ),
    },
  },
  // Names are asked through the tunnel: the VPN container serves DNS for the pod.
  network: { nameservers: ["127.0.0.1"] },
  reaches: { internet: ["51820/udp"] },
  secrets: {
    "wireguard-endpoint-ip": { about: "Of the VPN's configuration: Endpoint, without its port" },
    "wireguard-public-key": { about: "Of the VPN's configuration: PublicKey of its peer" },
    "wireguard-private-key": { about: "Of the VPN's configuration: PrivateKey" },
    "wireguard-addresses": { about: "Of the VPN's configuration: Address" },
  },
  // Its own page would take the password of that log from anybody who comes first.
  routes: { web: { host: "torrent", to: "http", audience: "internal", signIn: "sso" } },
});
