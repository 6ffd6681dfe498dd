/** Sizes as property strings write them: `64G`, `1T`, `4M`, and numbers of bytes. */

export const KiB = 1024;
export const MiB = 1024 ** 2;
export const GiB = 1024 ** 3;
export const TiB = 1024 ** 4;

const units: readonly (readonly [string, number])[] = [
  ["T", TiB],
  ["G", GiB],
  ["M", MiB],
  ["K", KiB],
];

export function printSize(bytes: number): string {
  const unit = units.find(([, size]) => bytes >= size && bytes % size === 0);
  return unit === undefined ? String(bytes) : `${bytes / unit[1]}${unit[0]}`;
}

/** In: `64G` or bytes; out: bytes, or undefined when it is neither. */
export function readSize(text: string): number | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text) ?? [];
  if (number === undefined) return undefined;
  return Math.round(Number(number) * (units.find(([name]) => name === unit)?.[1] ?? 1));
}
