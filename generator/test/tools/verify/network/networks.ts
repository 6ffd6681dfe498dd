/** Addresses at the borders of networks (IPv4). */

const numberOf = (address: string) =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

export const addressOf = (number: number) =>
  [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join(".");

interface Range {
  readonly first: number;
  readonly last: number;
  readonly bits: number;
}

/** First and last address of a network. */
export function rangeOf(network: string): Range {
  const [address = "", length = "32"] = network.split("/");
  const size = 2 ** (32 - Number(length));
  const first = Math.floor(numberOf(address) / size) * size;
  return { first, last: first + size - 1, bits: Number(length) };
}

/** The first and the last address in a network, and those just outside. */
export function borders(network: string): string[] {
  const { first, last } = rangeOf(network);
  return [first - 1, first, last, last + 1]
    .filter((number) => number >= 0 && number < 2 ** 32)
    .map(addressOf);
}

/** The network of twice the size, and the half it gains; undefined when there is no larger one. */
export function doubled(network: string): { whole: string; gained: string } | undefined {
  const { first, bits } = rangeOf(network);
  if (bits === 0) return undefined;
  const size = 2 ** (32 - bits);
  const start = Math.floor(first / (2 * size)) * 2 * size;
  return {
    whole: `${addressOf(start)}/${bits - 1}`,
    gained: `${addressOf(first === start ? first + size : start)}/${bits}`,
  };
}
