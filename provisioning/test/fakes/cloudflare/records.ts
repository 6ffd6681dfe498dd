/**
 * Zones and their records, by the rules Cloudflare has for them. Measured by others: 81053, 81054, 81057 and 81058 (issues of
 * cloudflare-ddns and ddns-go), 9109, 10000, 7003. From memory: 9003-9007, 9021, 81044.
 */
import { isIPv4, isIPv6 } from "node:net";
import type { Asked, DnsRecord, Route, Zone } from "./world.ts";
import { Refusal, unauthorized } from "./world.ts";

type Right = "zoneRead" | "dnsRead" | "dnsWrite";

function zoneOf({ world, token, words }: Asked, right: Right): Zone {
  const id = words[1] ?? "";
  if (!/^[0-9a-f]{32}$/.test(id))
    throw new Refusal(
      404,
      7003,
      `Could not route to /client/v4/zones/${id}, perhaps your object identifier is invalid?`,
    );
  const zone = world.zones.find((one) => one.id === id);
  const rights = right === "dnsRead" ? [token.dnsRead, token.dnsWrite] : [token[right]];
  if (zone === undefined || !rights.some((ids) => ids?.includes(id) === true)) throw unauthorized();
  return zone;
}

const shownZone = ({ id, name, account, status = "active" }: Zone, { token }: Asked) => ({
  id,
  name,
  status,
  account: { id: account, name: "Home" },
  name_servers: ["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"],
  permissions: [
    "#zone:read",
    ...(token.dnsRead?.includes(id) || token.dnsWrite?.includes(id) ? ["#dns_records:read"] : []),
    ...(token.dnsWrite?.includes(id) ? ["#dns_records:edit"] : []),
  ],
});

const shown = ({ zone, ...record }: DnsRecord) => ({
  ...record,
  proxiable: canBeProxied(record.type),
  settings: {},
  meta: {},
  tags: [],
  zone_id: zone,
  created_on: "2026-01-01T00:00:00Z",
  modified_on: "2026-01-01T00:00:00Z",
});

const canBeProxied = (type: string): boolean => ["A", "AAAA", "CNAME"].includes(type);

/** `@`, a label or a whole name, as people write them -> a whole name. */
function fullName(name: string, zone: string): string {
  const plain = name.toLowerCase().replace(/\.$/, "");
  if (plain === "@" || plain === zone) return zone;
  return plain.endsWith(`.${zone}`) ? plain : `${plain}.${zone}`;
}

const privateAddress = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|127\.|169\.254\.|f[cd]|fe80)/i;

/** What was written, as it is kept; refused where Cloudflare would. */
function judged(body: Asked["body"], zone: Zone, id: string): DnsRecord {
  const text = (field: string) => (typeof body[field] === "string" ? body[field] : "");
  const type = text("type");
  const content = type === "CNAME" ? text("content").toLowerCase() : text("content");
  const proxied = body["proxied"] === true;
  const ttl = typeof body["ttl"] === "number" ? body["ttl"] : 1;
  const refuse = (code: number, message: string) => new Refusal(400, code, message);
  if (text("name") === "") throw refuse(9000, "DNS name is invalid.");
  if (type === "A" && !isIPv4(content))
    throw refuse(9005, "Content for A record must be a valid IPv4 address.");
  if (type === "AAAA" && !isIPv6(content))
    throw refuse(9006, "Content for AAAA record must be a valid IPv6 address.");
  if (type === "CNAME" && !/^[a-z0-9_.*-]+\.[a-z]+$/.test(content))
    throw refuse(9007, "Content for CNAME record is invalid.");
  if (ttl !== 1 && (ttl < 60 || ttl > 86_400))
    throw refuse(9021, "Invalid TTL. Must be between 60 and 86,400 seconds, or 1 for Automatic.");
  if (proxied && !canBeProxied(type)) throw refuse(9004, "This record type cannot be proxied.");
  if (proxied && privateAddress.test(content))
    throw refuse(9003, `Target ${content} is not allowed for a proxied record.`);
  const comment = body["comment"];
  return {
    id,
    zone: zone.id,
    name: fullName(text("name"), zone.name),
    type,
    content,
    proxied,
    // Whatever was asked for.
    ttl: proxied ? 1 : ttl,
    comment: typeof comment === "string" ? comment : null,
  };
}

/** A name leads to addresses, or to one other name. */
function checkClash(record: DnsRecord, others: readonly DnsRecord[]): void {
  const same = others.filter(
    ({ id, zone, name }) => id !== record.id && zone === record.zone && name === record.name,
  );
  if (same.some(({ type, content }) => type === record.type && content === record.content))
    throw new Refusal(400, 81_058, "An identical record already exists.");
  if (!canBeProxied(record.type)) return;
  if (record.type === "CNAME" && same.some(({ type }) => canBeProxied(type)))
    throw new Refusal(400, 81_053, "An A, AAAA, or CNAME record with that host already exists.");
  if (same.some(({ type }) => type === "CNAME"))
    throw new Refusal(400, 81_054, "A CNAME record with that host already exists.");
}

function found({ world, words }: Asked, zone: Zone): DnsRecord {
  const record = world.records.get(words[3] ?? "");
  if (record === undefined || record.zone !== zone.id)
    throw new Refusal(404, 81_044, "Record does not exist.");
  return record;
}

function keep(asked: Asked, record: DnsRecord) {
  checkClash(record, [...asked.world.records.values()]);
  asked.world.records.set(record.id, record);
  return { result: shown(record) };
}

export const recordRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/zones/*",
    answer: (asked) => ({ result: shownZone(zoneOf(asked, "zoneRead"), asked) }),
  },
  {
    method: "GET",
    path: "/zones/*/dns_records",
    answer: (asked) => {
      const zone = zoneOf(asked, "dnsRead");
      const wanted = ["name", "type", "content"] as const;
      const list = [...asked.world.records.values()].filter(
        (record) =>
          record.zone === zone.id &&
          wanted.every((field) => (asked.query.get(field) ?? record[field]) === record[field]),
      );
      return { list: list.map(shown) };
    },
  },
  {
    method: "POST",
    path: "/zones/*/dns_records",
    answer: (asked) => {
      const zone = zoneOf(asked, "dnsWrite");
      return keep(asked, judged(asked.body, zone, asked.world.newId()));
    },
  },
  {
    method: "GET",
    path: "/zones/*/dns_records/*",
    answer: (asked) => ({ result: shown(found(asked, zoneOf(asked, "dnsRead"))) }),
  },
  {
    method: "PUT",
    path: "/zones/*/dns_records/*",
    answer: (asked) => {
      const zone = zoneOf(asked, "dnsWrite");
      return keep(asked, judged(asked.body, zone, found(asked, zone).id));
    },
  },
  {
    method: "DELETE",
    path: "/zones/*/dns_records/*",
    answer: (asked) => {
      const { id } = found(asked, zoneOf(asked, "dnsWrite"));
      asked.world.records.delete(id);
      return { result: { id } };
    },
  },
];
