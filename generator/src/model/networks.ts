/** Networks as text, of both families. */
import { addressRange, ipv4Address } from "./ipv4.ts";

/** `10.0.10.7/24` -> `10.0.10.0/24`. One that begins with its first address stays as it is written; undefined for what is no network. */
export function wholeNetwork(network: string): string | undefined {
  const [address = "", length = ""] = network.split("/");
  if (length === "") return undefined;
  if (address.includes(":")) return wholeIpv6(address, length);
  const range = addressRange(network);
  return range === undefined || Number.isNaN(range.from)
    ? undefined
    : `${ipv4Address(range.from)}/${length}`;
}

function wholeIpv6(address: string, length: string): string | undefined {
  const groups = groupsOf(address);
  if (groups === undefined) return undefined;
  const first = groups.map((group, index) => {
    const bits = Math.min(16, Math.max(0, Number(length) - index * 16));
    return group - (group % 2 ** (16 - bits));
  });
  if (first.every((group, index) => group === groups[index])) return `${address}/${length}`;
  const text = first.map((group) => group.toString(16)).join(":");
  return `${new URL(`http://[${text}]`).hostname.slice(1, -1)}/${length}`;
}

/** The eight numbers of an address (RFC 4291, section 2.2). */
function groupsOf(address: string): readonly number[] | undefined {
  const [before = [], after] = address
    .split("::")
    .map((part) => (part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16))));
  const missing = 8 - before.length - (after?.length ?? 0);
  if (missing < 0 || (after === undefined && missing > 0)) return undefined;
  const groups = [...before, ...Array<number>(missing).fill(0), ...(after ?? [])];
  return groups.some(Number.isNaN) ? undefined : groups;
}
