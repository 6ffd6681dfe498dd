/** IPv4 addresses as numbers, and ranges of them. */

/** `10.0.0.1` -> its number. */
export const ipv4Number = (address: string) =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

/** The address of a number. */
export const ipv4Address = (value: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");

/** Both ends belong to it. */
export interface AddressRange {
  readonly from: number;
  readonly to: number;
}

/** In: `10.0.10.0/24`, an address or `first-last`. Out: all its addresses; undefined for IPv6. */
export function addressRange(text: string): AddressRange | undefined {
  if (text.includes(":")) return undefined;
  const [first = "", last] = text.split("-");
  if (last !== undefined) return { from: ipv4Number(first), to: ipv4Number(last) };
  const [address = "", length = "32"] = text.split("/");
  const size = 2 ** (32 - Number(length));
  const from = Math.floor(ipv4Number(address) / size) * size;
  return { from, to: from + size - 1 };
}

/** Those a machine can have: the first of a network names it, the last means all (RFC 1122, 3.2.1.3); networks of two have neither (RFC 3021). */
export function hostRange(network: string): AddressRange | undefined {
  const range = addressRange(network);
  return range === undefined || range.to - range.from < 2
    ? range
    : { from: range.from + 1, to: range.to - 1 };
}

export const isWithin = (address: string, range: AddressRange): boolean =>
  !address.includes(":") && range.from <= ipv4Number(address) && ipv4Number(address) <= range.to;

export const overlap = (one: AddressRange, other: AddressRange): boolean =>
  one.from <= other.to && other.from <= one.to;
