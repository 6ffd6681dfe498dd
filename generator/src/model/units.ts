/** Durations and quantities of the model as numbers, and scaled. */

/** In seconds. */
export const day = 86_400;

const secondsOf: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** `"1h30m"` -> 5400. */
export function seconds(duration: string): number {
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (secondsOf[unit ?? "s"] ?? 1),
    0,
  );
}

/** As Go writes durations, and so the API server: `720h0m0s`. */
export function goDuration(length: number): string {
  const hours = Math.floor(length / 3600);
  const minutes = Math.floor((length % 3600) / 60);
  return hours === 0 ? `${minutes}m${length % 60}s` : `${hours}h${minutes}m${length % 60}s`;
}

const byteUnits: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** Bytes of a Kubernetes quantity. */
export function bytes(quantity: string): number {
  const [, count = "0", unit = ""] = /^([0-9.]+)([A-Za-z]*)$/.exec(quantity) ?? [];
  return Number(count) * (byteUnits[unit] ?? 1);
}

/** Thousandths of a core of a Kubernetes quantity. */
export function millicores(quantity: string): number {
  return quantity.endsWith("m")
    ? Number(quantity.slice(0, -1))
    : Math.round(Number(quantity) * 1000);
}

/** Thousandths of a core as the API server writes them. */
export function coresText(amount: number): string {
  const whole = Math.ceil(amount);
  return whole % 1000 === 0 ? String(whole / 1000) : `${whole}m`;
}

/** Bytes in whole Mi, never less than they are, as the API server writes them. */
export function bytesText(amount: number): string {
  const mebi = Math.ceil(amount / 2 ** 20);
  return mebi > 0 && mebi % 1024 === 0 ? `${mebi / 1024}Gi` : `${mebi}Mi`;
}

/** Thousandths of a core for people: `150m`, `1 core`, `2.05 cores`. */
export function coresWords(amount: number): string {
  if (amount < 1000) return `${Math.ceil(amount)}m`;
  const cores = rounded(amount / 1000);
  return countWords(cores, "core");
}

/** `1 pod`, `2 pods`: of nouns whose plural ends in s. */
export const countWords = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Bytes for people: `64Mi`, `400.5Gi`. */
export function bytesWords(amount: number): string {
  const mebi = amount / 2 ** 20;
  return mebi < 1024 ? `${Math.ceil(mebi)}Mi` : `${rounded(mebi / 1024)}Gi`;
}

const rounded = (value: number) => Math.round(value * 100) / 100;

/** Processor time times a factor, never below 1m. */
export function scaleCores(quantity: string, factor: number): string {
  return factor === 1 ? quantity : `${Math.max(1, Math.round(millicores(quantity) * factor))}m`;
}

/** Memory times a factor in whole Mi, never below 1Mi. */
export function scaleBytes(quantity: string, factor: number): string {
  return factor === 1
    ? quantity
    : `${Math.max(1, Math.round((bytes(quantity) * factor) / 2 ** 20))}Mi`;
}
