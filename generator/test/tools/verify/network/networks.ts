/** Addresses at the borders of networks, of either family. */
import { isIPv6 } from "node:net";

interface Range {
  readonly first: bigint;
  readonly last: bigint;
  /** Length of its prefix. */
  readonly bits: number;
  readonly family: Family;
}

const families = {
  ipv4: { bits: 32, groups: 4, groupBits: 8n, radix: 10, between: "." },
  ipv6: { bits: 128, groups: 8, groupBits: 16n, radix: 16, between: ":" },
} as const;
type Family = keyof typeof families;

const familyOf = (address: string): Family => (isIPv6(address) ? "ipv6" : "ipv4");

function numberOf(address: string): bigint {
  const { groups, groupBits, radix, between } = families[familyOf(address)];
  // `::` stands for as many zeros as are left out.
  const [head = [], tail = []] = address
    .split("::")
    .map((part) => (part === "" ? [] : part.split(between)));
  const zeros = Array.from({ length: groups - head.length - tail.length }, () => "0");
  return [...head, ...zeros, ...tail].reduce(
    (sum, group) => (sum << groupBits) + BigInt(Number.parseInt(group, radix)),
    0n,
  );
}

export function addressOf(number: bigint, family: Family): string {
  const { groups, groupBits, radix, between } = families[family];
  return Array.from({ length: groups }, (_, index) => {
    const shift = BigInt(groups - 1 - index) * groupBits;
    return ((number >> shift) & ((1n << groupBits) - 1n)).toString(radix);
  }).join(between);
}

const sizeOf = (bits: number, family: Family) => 1n << BigInt(families[family].bits - bits);

/** First and last address of a network. */
export function rangeOf(network: string): Range {
  const [address = "", length] = network.split("/");
  const family = familyOf(address);
  const bits = Number(length ?? families[family].bits);
  const size = sizeOf(bits, family);
  const first = (numberOf(address) / size) * size;
  return { first, last: first + size - 1n, bits, family };
}

/** The first and the last address in a network, and those just outside. */
export function borders(network: string): string[] {
  const { first, last, family } = rangeOf(network);
  return [first - 1n, first, last, last + 1n]
    .filter((number) => number >= 0n && number < sizeOf(0, family))
    .map((number) => addressOf(number, family));
}

/** The network of twice the size, and the half it gains; undefined when there is no larger one. */
export function doubled(network: string): { whole: string; gained: string } | undefined {
  const { first, bits, family } = rangeOf(network);
  if (bits === 0) return undefined;
  const size = sizeOf(bits, family);
  const start = (first / (2n * size)) * 2n * size;
  return {
    whole: `${addressOf(start, family)}/${bits - 1}`,
    gained: `${addressOf(first === start ? first + size : start, family)}/${bits}`,
  };
}
