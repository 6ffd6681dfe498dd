/**
 * What people write where the model wants another form, put right. Each is the `mend` of a schema: in goes any value,
 * out comes what was most likely meant, or nothing. Whether it is legal is for the schema to say, so none of them checks.
 */
import { bytesText } from "./units.ts";

const isText = (value: unknown): value is string => typeof value === "string";

/** Numbers above this are bytes, below it of the unit that the field is mostly written in. */
const bytesMin = 2 ** 20;

/** `20`, `"512m"`, `"5GB"`: a number takes the unit of the field's example. */
export function mendBytes(value: unknown, example: unknown): string | undefined {
  const [, count, letter] = /^([0-9.]+)\s*([kmgtp])?i?b?$/i.exec(String(value)) ?? [];
  if (count === undefined) return undefined;
  if (letter !== undefined) return `${count}${letter.toUpperCase()}i`;
  if (Number(count) >= bytesMin) return bytesText(Number(count));
  return `${count}${/[A-Za-z]+$/.exec(String(example))?.[0] ?? "Mi"}`;
}

const hoursOf: Readonly<Record<string, number>> = { d: 24, w: 168 };

/** `60`, `"90"`, `"15 minutes"`, `"7d"`: bare numbers are seconds, as in Kubernetes and Compose, but where a field counts in hours. */
export function mendDuration(value: unknown, example: unknown): string {
  const text = String(value).trim();
  if (/^[0-9]+$/.test(text)) return `${text}${/^[0-9]+h$/.test(String(example)) ? "h" : "s"}`;
  return text.replaceAll(
    /([0-9]+)\s*(weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|[wdhms])(?![a-z])\s*/gi,
    (_, count: string, word: string) => {
      const unit = word[0]?.toLowerCase() ?? "s";
      const hours = hoursOf[unit];
      return hours === undefined ? `${count}${unit}` : `${Number(count) * hours}h`;
    },
  );
}

/** Seconds in front, as Quartz and Spring have them; Sunday as 7; whole words for weekdays. */
export function mendCron(value: unknown): string | undefined {
  if (!isText(value)) return undefined;
  const fields = value.trim().split(/\s+/);
  if (fields.length === 6) fields.shift();
  return [...fields.slice(0, 4), ...fields.slice(4).map(mendWeekdays)].join(" ");
}

const mendWeekdays = (field: string): string =>
  field
    .split(",")
    .map((part) =>
      part
        .replaceAll(/(sun|mon|tue|wed|thu|fri|sat)[a-z]*/gi, (_, day: string) => day.toLowerCase())
        .replace(/^7$/, "0")
        .replace(/^6-7$/, "6,0")
        .replace(/^([1-5])-7$/, "$1-6,0"),
    )
    .join(",");

/** `"https://notes.example.com:8443/start"`: the port is the gateway's, and paths are said apart. */
export const mendHost = (value: unknown): string | undefined =>
  isText(value)
    ? value
        .trim()
        .replace(/^[a-z]+:\/\//i, "")
        .replace(/[:/].*$/, "")
        .toLowerCase()
    : undefined;

/** `https://Home.example.org/`, `*.home.example.org`, `.home.example.org.` */
export const mendDomain = (value: unknown): string | undefined =>
  mendHost(value)?.replaceAll(/^(\*?\.)+|\.+$/g, "");

/** `v1.35.4+k3s1`, as `kubectl get nodes` shows it. */
export const mendKubernetesVersion = (value: unknown): string | undefined =>
  /^v?(1\.\d+\.\d+)([-+].*)?$/.exec(String(value).trim())?.[1];

/** The store knows paths, a service only the keys in its own. */
export const mendSecretKey = (value: unknown): string | undefined =>
  isText(value) ? value.split("/").at(-1) : undefined;

/** `"x.conf"`, `"./x.conf"`, `"../x.conf"`: what a service mounts lies in one folder. */
export const mendFile = (value: unknown): string | undefined =>
  isText(value) ? `config/${value.replace(/^(\.{0,2}\/)+/, "")}` : undefined;

/** `"etc/x.conf"`, `"./x"`, `"/config/"`, `"//x"`. */
export function mendPath(value: unknown): string | undefined {
  if (!isText(value)) return undefined;
  const parts = value.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length === 0 ? undefined : `/${parts.join("/")}`;
}

/** Ports outside by the word people have for them, which stands before an address too (`rtsp://…`). */
const outsidePortsByName: Readonly<Record<string, string>> = {
  all: "any",
  cifs: "445",
  coap: "5683/udp",
  coaps: "5684/udp",
  dot: "853",
  ftp: "21",
  imap: "143",
  imaps: "993",
  ldap: "389",
  ldaps: "636",
  mqtts: "8883",
  mysql: "3306",
  nfs: "2049",
  pop3s: "995",
  postgres: "5432",
  postgresql: "5432",
  quic: "443/udp",
  redis: "6379",
  rtmp: "1935",
  rtsp: "554",
  smb: "445",
  snmp: "161/udp",
  stun: "3478/udp",
  submission: "587",
  syslog: "514/udp",
  tftp: "69/udp",
  wireguard: "51820/udp",
  ws: "http",
  wss: "https",
  "*": "any",
};

/** Words before an address that are UDP too, and have no port of their own or one that has a name. */
const otherUdp: readonly string[] = ["dns", "ntp", "udp"];

/** Hosts on the internet have no names here: `"api.example.com:8443"` and `"1.1.1.1:53/udp"` are the port alone. */
export function mendOutsidePort(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  if (!isText(value)) return undefined;
  const text = value.toLowerCase();
  const [, scheme, port, protocol] =
    /^(?:([a-z]+):\/\/)?[^/:]+(?::([0-9]+)(?:\/(tcp|udp))?)?(?:\/.*)?$/.exec(text) ?? [];
  const word = scheme ?? text;
  const known = Object.hasOwn(outsidePortsByName, word) ? outsidePortsByName[word] : undefined;
  const isUdp = known?.endsWith("/udp") === true || otherUdp.includes(word);
  if (port !== undefined && (protocol ?? (isUdp ? "udp" : "tcp")) === "udp") return `${port}/udp`;
  if (port === "443") return "https";
  return port ?? known ?? scheme;
}

/** `"8080/tcp"`, `"53/udp"`, `"8080:80"`: as `reaches`, Dockerfiles and Compose have it, where the container's own comes last. */
export function mendPort(value: unknown): number | { udp: number } | undefined {
  const [, port, protocol] =
    /^(?:[0-9.]+:)*([0-9]+)(?:\/(tcp|udp))?$/i.exec(isText(value) ? value.trim() : "") ?? [];
  if (port === undefined) return undefined;
  return protocol?.toLowerCase() === "udp" ? { udp: Number(port) } : Number(port);
}

/** `5006`, `["8080:80", "53/udp"]`: the first is what people open, the others have no name to be known by. */
export function mendPorts(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const ports = [value].flat().map((one) => (typeof one === "number" ? one : mendPort(one)));
  return ports.includes(undefined)
    ? undefined
    : Object.fromEntries(ports.map((port, index) => [portName(port, index), port]));
}

const portName = (port: ReturnType<typeof mendPort>, index: number): string =>
  typeof port === "object" ? `udp-${port.udp}` : index === 0 ? "http" : `port-${port}`;

/** The port outside of `"51820/udp"` and `"53:53"`: which protocol it has its own port says. */
export const mendPortOutside = (value: unknown): string | undefined =>
  isText(value) ? /^(?:[0-9.]+:)?([0-9]+)(?::[0-9]+)?(?:\/[a-z]+)?$/i.exec(value)?.[1] : undefined;

/** `["TZ=Europe/Berlin"]` as Compose has it, and `[{ name: "TZ", value: "Europe/Berlin" }]` as Kubernetes does. */
export function mendVariables(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const pairs = value.map(variableOf);
  return pairs.every((pair) => pair !== undefined) ? Object.fromEntries(pairs) : undefined;
}

function variableOf(one: unknown): readonly [string, unknown] | undefined {
  if (isText(one)) {
    const [, name, text] = /^([^=]+)=(.*)$/s.exec(one) ?? [];
    return name === undefined ? undefined : [name, text];
  }
  const { name, value } = (one ?? {}) as Readonly<Record<string, unknown>>;
  return isText(name) && value !== undefined ? [name, value] : undefined;
}

/** `568`, `"1000:1000"`. */
export function mendRunAs(
  value: unknown,
): { readonly user: number; readonly group?: number } | undefined {
  const [, user, group] = /^([0-9]+)(?::([0-9]+))?$/.exec(String(value)) ?? [];
  if (user === undefined) return undefined;
  return { user: Number(user), ...(group === undefined ? {} : { group: Number(group) }) };
}

/** `"/photos"` of a volume, whose own folder is its root. */
export const mendSubPath = (value: unknown): string | undefined =>
  isText(value) ? value.replace(/^\/+/, "") : undefined;

/** `0.995` and `"99.5%"` are 99.5. */
export function mendObjective(value: unknown): number | undefined {
  if (typeof value === "number") return value < 1 ? Number((value * 100).toFixed(6)) : undefined;
  return isText(value) && /^[0-9.]+\s*%?$/.test(value)
    ? Number(value.replace("%", "").trim())
    : undefined;
}

/** `"npm start"`: the words of a line, where no shell is needed to tell them apart. */
export const mendArguments = (value: unknown): readonly string[] | undefined =>
  isText(value) && value.trim() !== "" && !needsShell(value)
    ? value.trim().split(/\s+/)
    : undefined;

/** A program can be a shell, which reads the line as it was meant. */
export const mendCommand = (value: unknown): readonly string[] | undefined =>
  isText(value) && needsShell(value) ? ["sh", "-c", value.trim()] : mendArguments(value);

/** `$(NAME)` is a variable that Kubernetes fills in. */
const needsShell = (line: string): boolean =>
  /["'\\`|&;<>(){}$*?~#\n]/.test(line.replaceAll(/\$\([A-Za-z_]\w*\)/g, ""));
