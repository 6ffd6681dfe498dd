/** Tunnels, what they pass on, and their tokens. Codes from memory of Cloudflare: 1003, 1013, 1022, 1056. */
import { randomBytes, randomUUID } from "node:crypto";
import type { Asked, Route, Tunnel } from "./world.ts";
import { Refusal, unauthorized } from "./world.ts";

function accountOf({ token, words }: Asked, right: "tunnelRead" | "tunnelWrite"): string {
  const id = words[1] ?? "";
  const rights =
    right === "tunnelRead" ? [token.tunnelRead, token.tunnelWrite] : [token.tunnelWrite];
  if (!rights.some((ids) => ids?.includes(id) === true)) throw unauthorized();
  return id;
}

function found(asked: Asked, right: "tunnelRead" | "tunnelWrite"): Tunnel {
  const account = accountOf(asked, right);
  const tunnel = asked.world.tunnels.get(asked.words[3] ?? "");
  if (tunnel === undefined || tunnel.account !== account)
    throw new Refusal(404, 1003, "Tunnel not found");
  return tunnel;
}

/** The secret is never shown; its token holds it. */
const shown = ({ id, name, account, deleted, connections }: Tunnel) => ({
  id,
  name,
  account_tag: account,
  config_src: "cloudflare",
  remote_config: true,
  tun_type: "cfd_tunnel",
  status: connections > 0 ? "healthy" : "inactive",
  connections: [],
  created_at: "2026-01-01T00:00:00Z",
  deleted_at: deleted ? "2026-01-02T00:00:00Z" : null,
});

export const tokenOf = ({ account, id, secret }: Tunnel): string =>
  Buffer.from(JSON.stringify({ a: account, t: id, s: secret })).toString("base64");

function create(asked: Asked) {
  const account = accountOf(asked, "tunnelWrite");
  const name = String(asked.body["name"] ?? "");
  if ([...asked.world.tunnels.values()].some((one) => one.name === name && !one.deleted))
    throw new Refusal(409, 1013, "You already have a tunnel with this name.");
  const tunnel: Tunnel = {
    id: randomUUID(),
    account,
    name,
    secret: randomBytes(32).toString("base64"),
    config: null,
    deleted: false,
    connections: 0,
  };
  asked.world.tunnels.set(tunnel.id, tunnel);
  return { result: shown(tunnel) };
}

function configure(asked: Asked) {
  const tunnel = found(asked, "tunnelWrite");
  const { config } = asked.body as { config?: { ingress?: readonly object[] } };
  const last = config?.ingress?.at(-1);
  if (last === undefined || "hostname" in last || "path" in last)
    throw new Refusal(
      400,
      1056,
      "Bad Configuration: The last ingress rule must match all URLs (i.e. it should not have a hostname or path filter)",
    );
  asked.world.tunnels.set(tunnel.id, { ...tunnel, config });
  return { result: { tunnel_id: tunnel.id, version: 1, config, source: "cloudflare" } };
}

export const tunnelRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/accounts/*/cfd_tunnel",
    answer: (asked) => {
      const account = accountOf(asked, "tunnelRead");
      const deleted = asked.query.get("is_deleted");
      const name = asked.query.get("name");
      const list = [...asked.world.tunnels.values()].filter(
        (one) =>
          one.account === account &&
          (name === null || one.name === name) &&
          (deleted === null || String(one.deleted) === deleted),
      );
      return { list: list.map(shown) };
    },
  },
  { method: "POST", path: "/accounts/*/cfd_tunnel", answer: create },
  {
    method: "GET",
    path: "/accounts/*/cfd_tunnel/*",
    answer: (asked) => ({ result: shown(found(asked, "tunnelRead")) }),
  },
  {
    method: "PATCH",
    path: "/accounts/*/cfd_tunnel/*",
    answer: (asked) => {
      const tunnel = { ...found(asked, "tunnelWrite"), name: String(asked.body["name"]) };
      asked.world.tunnels.set(tunnel.id, tunnel);
      return { result: shown(tunnel) };
    },
  },
  {
    method: "DELETE",
    path: "/accounts/*/cfd_tunnel/*",
    answer: (asked) => {
      const tunnel = found(asked, "tunnelWrite");
      if (tunnel.connections > 0)
        throw new Refusal(400, 1022, "Cannot delete tunnel because it has active connections.");
      asked.world.tunnels.set(tunnel.id, { ...tunnel, deleted: true });
      return { result: shown({ ...tunnel, deleted: true }) };
    },
  },
  { method: "PUT", path: "/accounts/*/cfd_tunnel/*/configurations", answer: configure },
  {
    method: "GET",
    path: "/accounts/*/cfd_tunnel/*/configurations",
    answer: (asked) => {
      const { id, config } = found(asked, "tunnelRead");
      return { result: { tunnel_id: id, version: 1, config, source: "cloudflare" } };
    },
  },
  {
    method: "GET",
    path: "/accounts/*/cfd_tunnel/*/token",
    answer: (asked) => ({ result: tokenOf(found(asked, "tunnelWrite")) }),
  },
];
