/** Addresses, networks and ranges of both families, read by ipaddr.js and compared as numbers. */
import ipaddr from "ipaddr.js";

export type Family = "ipv4" | "ipv6";

/** Both ends belong to it. */
export interface AddressRange {
  readonly family: Family;
  readonly from: bigint;
  readonly to: bigint;
}

const bits = { ipv4: 32, ipv6: 128 } as const;

export const familyOf = (text: string): Family => (text.includes(":") ? "ipv6" : "ipv4");

/** In: `10.0.10.0/24`, an address or `first-last`. Out: all its addresses; undefined for what is none of these. */
export function addressRange(text: string): AddressRange | undefined {
  const known = ranges.get(text);
  if (known !== undefined || ranges.has(text)) return known;
  const range = rangeOf(text);
  ranges.set(text, range);
  return range;
}

/** The same few networks are asked about by every policy. */
const ranges = new Map<string, AddressRange | undefined>();

function rangeOf(text: string): AddressRange | undefined {
  // MetalLB takes blanks around the hyphen.
  const [first = "", last = first] = text.split("-").map((end) => end.trim());
  const [address = "", length] = first.split("/");
  const family = familyOf(address);
  // The model asks of what it has refused already.
  if (length !== undefined && !(/^\d+$/.test(length) && Number(length) <= bits[family]))
    return undefined;
  const [from, to] = [numberOf(address), numberOf(length === undefined ? last : address)];
  if (from === undefined || to === undefined || familyOf(last) !== family) return undefined;
  if (length === undefined) return { family, from, to };
  const size = 1n << BigInt(bits[family] - Number(length));
  const start = from - (from % size);
  return { family, from: start, to: start + size - 1n };
}

function numberOf(address: string): bigint | undefined {
  if (!ipaddr.isValid(address)) return undefined;
  const bytes = ipaddr.parse(address).toByteArray();
  return BigInt(`0x${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
}

/**
 * Those a machine can have: the first of a network names it, or all routers (RFC 4291, 2.6.1), and the last of IPv4 means
 * all (RFC 1122, 3.2.1.3); networks of one and of two have neither (RFC 3021, RFC 6164).
 */
export function hostRange(network: string): AddressRange | undefined {
  const range = addressRange(network);
  if (range === undefined || range.to - range.from < 2n) return range;
  return { ...range, from: range.from + 1n, to: range.to - (range.family === "ipv4" ? 1n : 0n) };
}

export function isWithin(text: string, outer: AddressRange): boolean {
  const inner = addressRange(text);
  return inner !== undefined && isRangeWithin(inner, outer);
}

export const isRangeWithin = (inner: AddressRange, outer: AddressRange): boolean =>
  inner.family === outer.family && outer.from <= inner.from && inner.to <= outer.to;

/** What two ranges have in common; undefined for nothing. */
export function common(one: AddressRange, other: AddressRange): AddressRange | undefined {
  const from = one.from > other.from ? one.from : other.from;
  const to = one.to < other.to ? one.to : other.to;
  return one.family === other.family && from <= to ? { family: one.family, from, to } : undefined;
}

/** The address of a number, in its shortest form (RFC 5952). */
export function addressText({ family }: Pick<AddressRange, "family">, value: bigint): string {
  const hex = value.toString(16).padStart(bits[family] / 4, "0");
  return ipaddr.fromByteArray([...Buffer.from(hex, "hex")]).toString();
}

/** `10.0.10.7/24` -> `10.0.10.0/24`. One that begins with its first address stays as it is written; undefined for what is no network. */
export function wholeNetwork(network: string): string | undefined {
  const [address = "", length = ""] = network.split("/");
  const range = length === "" ? undefined : addressRange(network);
  if (range === undefined) return undefined;
  return numberOf(address) === range.from ? network : `${addressText(range, range.from)}/${length}`;
}

/** An address as the network that is this address alone. */
export const asNetwork = (address: string): string =>
  address.includes("/") ? address : `${address}/${bits[familyOf(address)]}`;

/** Whether all of a network, or an address, lies in another. */
export function isNetworkInside(inner: string, outer: string): boolean {
  const range = addressRange(outer);
  return range !== undefined && isWithin(inner, range);
}

/** What is not the internet: private and shared networks, and link local ones (RFC 1918, 6598, 3927; RFC 4193, 4291). */
export const privateNetworks = {
  ipv4: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"],
  ipv6: ["fc00::/7", "fe80::/10"],
} as const;

/** No home has a larger public network: of IPv6 a provider has one this large for all its customers. */
const shortestPublic = { ipv4: 16, ipv6: 32 } as const;

/** Neither private nor of the internet: for measurements and reserved (RFC 2544, 1112). */
const otherNetworks = { ipv4: ["198.18.0.0/15", "240.0.0.0/4"], ipv6: [] } as const;

/** Whether a network may be one home's: private, or public and no larger than one home may have. What is no network is not judged. */
export function isOfOneHome(network: string): boolean {
  if (wholeNetwork(network) !== network) return true;
  const family = familyOf(network);
  const length = Number(network.split("/")[1]);
  return (
    length >= shortestPublic[family] ||
    [...privateNetworks[family], ...otherNetworks[family]].some((range) =>
      isNetworkInside(network, range),
    )
  );
}

/** Whether every address of a family lies in it. */
export const isEveryAddress = (network: string): boolean => network.endsWith("/0");
