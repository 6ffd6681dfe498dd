/** IPv4 addresses as numbers. */

/** `10.0.0.1` -> its number. */
export const ipv4Number = (address: string) =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

/** The address of a number. */
export const ipv4Address = (value: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
