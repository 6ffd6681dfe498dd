/** The words and numbers everything else is made of, each with its rule and the rule's source. */
import "./meta.ts";
import { z } from "zod";
import { widestGap } from "./cron.ts";
import {
  mendBytes,
  mendCron,
  mendDomain,
  mendDuration,
  mendHost,
  mendOutsidePort,
  mendPath,
  mendSecretKey,
} from "./mends.ts";
import { isDerivedSecret } from "./names.ts";
import { asNetwork, isEveryAddress, isOfOneHome, wholeNetwork } from "./networks.ts";
import { cidr, dnsLabel, ipAddress, portNameMax, subdomain, subdomainMax } from "./patterns.ts";

const nameRule =
  "a name is lower-case letters, digits and hyphens, starts with a letter, 63 characters at most";

/** One DNS label (RFC 1123): what Kubernetes takes for names of namespaces, Services and containers. */
export const DnsLabel = z.string().regex(dnsLabel, nameRule).meta({ example: "sonarr" });

/** The cluster's name for a host of the home network. */
export const LanHostName = z
  .string()
  .refine(
    (name) => !ipAddress.test(name),
    rule(
      "a host of the home network goes by the name that its cluster gives it",
      "a name among `hosts` of the cluster",
      'name it in the file of the cluster, as in hosts: { nas: "192.168.1.5" }, and write that name',
    ),
  )
  .regex(dnsLabel, nameRule)
  .meta({ example: "nas" });

/** A tier is one word without a hyphen, so that `<tier>-<service>` can be read back. */
export const TierName = z
  .string()
  .regex(
    /^[a-z][a-z0-9]{0,19}$/,
    "a tier is one lower-case word without hyphen, 20 characters at most",
  )
  .meta({ example: "media" });

/** Port names are IANA service names (Kubernetes, container ports). */
export const PortName = z
  .string()
  .regex(
    new RegExp(`^(?=.{1,${portNameMax}}$)(?!.*--)[a-z]([a-z0-9-]*[a-z0-9])?$`),
    `a port name is lower-case letters, digits and single hyphens, ${portNameMax} characters at most`,
  )
  .meta({ example: "http" });

export const PortNumber = z.int().min(1).max(65535).meta({ example: 8080 });

/** Kubernetes quantity of bytes with a binary or decimal suffix. Kubernetes takes one without too, but nobody means "20" bytes. */
export const Bytes = z
  .string()
  .regex(
    /^[1-9][0-9]*(\.[0-9]+)?(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)$/,
    "a size is a number with a unit: Mi, Gi, Ti (1024 each), or M, G, T (1000)",
  )
  .meta({ example: "5Gi", mend: mendBytes });

/** Kubernetes quantity of processor time: cores, or thousandths of a core with `m`. */
export const Cores = z
  .string()
  .regex(
    /^([1-9][0-9]*m|[0-9]+(\.[0-9]{1,3})?)$/,
    'processor time is cores ("2", "0.5") or thousandths ("250m")',
  )
  .meta({ example: "250m" });

/** A duration of whole units, largest first; a subset of Go's and of Prometheus' spelling, legal in both. */
export const Duration = z
  .string()
  .regex(
    /^(?=.)([0-9]+h)?([0-9]+m)?([0-9]+s)?$/,
    'a duration is hours, minutes, seconds: "1h30m", "15m", "30s"',
  )
  .meta({ example: "15m", mend: mendDuration });

/** A duration that lasts: what is asked for ever or never again would be a mistake. */
export const Period = Duration.refine(
  (text) => /[1-9]/.test(text),
  rule("this time is no time at all", "more than 0s", 'write how long, e.g. "15s"'),
).meta({ example: "15s" });

/** Five fields as robfig/cron `ParseStandard` reads them, which CronJob and Velero use. */
export const Cron = z
  .string()
  .regex(
    /^(@(hourly|daily|weekly|monthly|yearly)|[0-9*/,A-Za-z-]+( [0-9*/,A-Za-z?-]+){4})$/,
    "a schedule has five fields: minute hour day month weekday; or it is @hourly, @daily, @weekly, @monthly, @yearly",
  )
  .refine(
    isCron,
    rule(
      "a field of the schedule is out of its range",
      "minute 0-59, hour 0-23, day 1-31, month 1-12 or jan-dec, weekday 0-6 or sun-sat",
      "mend the field; crontab.guru shows what a schedule means",
    ),
  )
  .refine(
    (text) => text.startsWith("@") || !isCron(text) || widestGap(text) !== undefined,
    rule(
      "the schedule never runs",
      "a day that one of its months has",
      "mend the day or the month; crontab.guru shows what a schedule means",
    ),
  )
  .meta({ example: "0 4 * * *", mend: mendCron });

/** `repository:tag`, `repository:tag@sha256:…`; a digest alone is legal too. One string, as people copy it. */
export const Image = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]*(:[0-9]+)?(\/[a-z0-9._-]+)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[a-f0-9]{64})?$/,
    "an image is one string, repository:tag or repository:tag@sha256:digest",
  )
  .meta({ example: "ghcr.io/home-operations/sonarr:4.0.19.3001" });

export const AbsolutePath = z
  .string()
  .regex(/^\/([^\0:]*)$/, "a path inside the container starts with /")
  .meta({ example: "/config", mend: mendPath, ts: "`/${string}`" });

/**
 * Where something is mounted, spelt the one way that is itself once cleaned: containerd cleans the path, so that two
 * spellings of one folder would hide each other unseen. The root would hide the whole image.
 */
export const MountPath = AbsolutePath.refine(
  (path) => !/\/(\.{0,2})(\/|$)/.test(path),
  rule(
    "a path is written in full, without `.`, `..`, `//` or a slash at its end, and is not `/`",
    'a path as in "/config"',
    "write the plain path of a folder or file",
  ),
).meta({ example: "/config", ts: "`/${string}`" });

export const DevicePath = MountPath.refine(
  (path) => path.startsWith("/dev/"),
  rule("a device of the node is below /dev", 'a path as in "/dev/net/tun"', "name the device"),
).meta({ example: "/dev/net/tun", ts: "`/dev/${string}`" });

/** Kubernetes refuses what leads out of a volume, or of where a path of the node begins (validation.go, "must not contain '..'"). */
export const staysInside = [
  (path: string) => !path.split("/").includes(".."),
  rule("a path cannot lead upwards, with `..`", "a path without `..`", "write where it leads to"),
] as const;

export const Cidr = z
  .string()
  .regex(cidr, "a network is an address with a prefix length")
  .superRefine((network, context) => {
    const whole = wholeNetwork(network);
    if (whole === undefined || whole === network) return;
    const [address = ""] = network.split("/");
    const alone = asNetwork(address);
    context.addIssue({
      code: "custom",
      ...rule(
        "this is an address inside a network, not the network",
        "the first address of a network, or a network of one address",
        `write ${JSON.stringify(whole)}, or ${JSON.stringify(alone)} for this address alone`,
      ),
    });
  })
  .meta({ example: "10.0.10.0/24" });

/** A network of the cluster, or of the home around it. */
export const HomeNetwork = Cidr.refine(
  isOfOneHome,
  rule(
    "a network this large is not one home's: addresses of the internet lie in it",
    "a network of private addresses, or a public one no larger than a /16 (of IPv6 a /32)",
    "write the networks of the home and the cluster one by one; who calls or is called from everywhere says `internet`",
  ),
);

/** Refines addresses and networks: what a word stands for is no network to write. */
export const butEverywhere = (fix: string) =>
  [
    (network: string) => !isEveryAddress(network),
    rule("this is every address there is", "a part of them, such as 10.0.10.0/24", fix),
  ] as const;

export const IpAddress = z
  .string()
  .regex(ipAddress, "an address such as 10.0.10.53, each number from 0 to 255")
  .meta({ example: "10.0.10.53" });

/** A host: one label (the environment's domain is added) or a full name. */
export const HostName = z
  .string()
  .regex(
    /^(\*\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
    "a host is one label, to which the domain is added, or a full name",
  )
  .meta({ example: "sonarr", mend: mendHost });

/** What host names end in: full, and never a wildcard. */
export const DomainName = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
    "a domain is words of lower-case letters, digits and hyphens with dots between them",
  )
  .meta({ example: "example.com", mend: mendDomain });

/** Name of a storage class (Kubernetes, object names: a DNS subdomain). */
export const StorageClassName = z
  .string()
  .max(subdomainMax)
  .regex(
    subdomain,
    "the name of a storage class is lower-case letters, digits, - and ., as kubectl get storageclass shows it",
  )
  .meta({ example: "longhorn" });

/** Name of an environment variable (POSIX, plus the dots and dashes some images use). */
export const VariableName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_.-]*$/,
    "a variable is letters, digits, _ . and -, and does not start with a digit",
  )
  .meta({ example: "TZ" });

/** Key of a secret in its path. Infisical allows letters, digits, underscore and hyphen. */
export const SecretKey = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, "a secret's key is letters, digits, - and _")
  .meta({ example: "api-key", mend: mendSecretKey });

/** Name of a Secret (Kubernetes, object names: a DNS subdomain). */
export const SecretName = z
  .string()
  .max(subdomainMax)
  .regex(subdomain, "the name of a Secret is lower-case letters, digits, - and .")
  .refine(
    (name) => !isDerivedSecret(name),
    rule(
      "RZP gives this name to a Secret of its own",
      "the name under which an upstream program looks for its Secret",
      "write that name; where a reference is asked for, secret() is enough",
    ),
  )
  .meta({ example: "velero-repo-credentials" });

/** Label keys and annotation keys: an optional DNS prefix and a name (Kubernetes, object names and labels). */
export const QualifiedName = z
  .string()
  .regex(
    /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/,
    "a key is name or prefix/name",
  )
  .meta({ example: "example.com/key" });

/** Value of a label (Kubernetes, labels and selectors); an annotation may be any text. */
export const LabelValue = z
  .string()
  .regex(
    /^(?=.{0,63}$)([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$/,
    "the value of a label is letters, digits, - _ and ., begins and ends with a letter or digit, 63 characters at most",
  )
  .meta({ example: "a-value" });

/** Ports that are known by a name, and `any`. */
const outsidePortWords = [
  "http",
  "https",
  "dns",
  "smtp",
  "smtps",
  "ntp",
  "ssh",
  "mqtt",
  "any",
] as const;

/** Ports outside the cluster: a name, a number, a range; TCP unless said. */
export const OutsidePort = z
  .string()
  .regex(new RegExp(`^(${outsidePortWords.join("|")}|[0-9]{1,5}(-[0-9]{1,5})?(/(tcp|udp))?)$`), {
    error: ({ input }) =>
      /[a-z]\.[a-z]|:/i.test(String(input))
        ? "a host cannot be named here, as a network policy sees addresses alone: a port is all there is to say"
        : `a port outside is ${outsidePortWords.join(", ")}, or a number or range with /udp or /tcp`,
  })
  .refine(
    (text) =>
      [...text.matchAll(/[0-9]+/g)].every(
        ([number]) => Number(number) > 0 && Number(number) < 65_536,
      ),
    rule("this port does not exist", "a number from 1 to 65535", "mend the number"),
  )
  .refine(
    (text) => {
      const [first = 0, last = first] = [...text.matchAll(/[0-9]+/g)].map(Number);
      return first <= last;
    },
    rule(
      "the last port of the range comes before its first",
      "the lower port first",
      "swap the two",
    ),
  )
  .meta({
    id: "OutsidePort",
    description:
      "A port outside the cluster: its name, a number or a range; TCP unless `/udp` is said.",
    example: "https",
    mend: mendOutsidePort,
    words: outsidePortWords,
    ts: '"http" | "https" | "dns" | "smtp" | "smtps" | "ntp" | "ssh" | "mqtt" | "any" | `${number}` | `${number}/tcp` | `${number}/udp` | `${number}-${number}` | `${number}-${number}/tcp` | `${number}-${number}/udp`',
  });

/** A time zone as IANA names it; Kubernetes refuses others, also those in another case and offsets. */
export const TimeZone = z
  .string()
  .refine(
    (name) => timeZoneOf(name) !== undefined,
    rule(
      "this time zone does not exist",
      "a name of the IANA list, area and city",
      'write it like "Europe/Berlin"',
    ),
  )
  .superRefine((name, context) => {
    const spelt = timeZoneOf(name);
    if (spelt === undefined || spelt === name) return;
    const text = ["a time zone is written as IANA does", "its exact name"] as const;
    context.addIssue({ code: "custom", ...rule(...text, `write ${JSON.stringify(spelt)}`) });
  })
  .meta({ example: "Europe/Berlin" });

/** What errors and pages show where a reason belongs. Pasted as it stands it says nothing, so it is none. */
export const reasonPlaceholder = "say why here";

export const Reason = z
  .string()
  .min(8, "say why in a few words")
  .refine(
    (reason) => reason.trim().toLowerCase() !== reasonPlaceholder,
    rule(
      `"${reasonPlaceholder}" only keeps the place of a reason`,
      "why it is so, in a few words",
      "write your reason in place of these words",
    ),
  )
  .meta({ example: "creates the tunnel interface" });

/** What a rule about one value says when it is broken. */
export function rule(message: string, expected: string, fix: string) {
  return { message, params: { code: "SPEC_WRONG_VALUE", expected, fix } };
}

/** How a zone or an offset is spelt, undefined where there is none of that name. */
function timeZoneOf(name: string): string | undefined {
  try {
    // A formatter of dates would load the words of a language for that.
    const spelt = new Temporal.ZonedDateTime(0n, name).timeZoneId;
    return /^[+-]/.test(spelt) ? undefined : spelt;
  } catch {
    return undefined;
  }
}

/** Of each field of a schedule: lowest and highest number, and words for them in order. */
const cronFields: readonly {
  readonly min: number;
  readonly max: number;
  readonly words: readonly string[];
}[] = [
  { min: 0, max: 59, words: [] },
  { min: 0, max: 23, words: [] },
  { min: 1, max: 31, words: [] },
  {
    min: 1,
    max: 12,
    words: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  { min: 0, max: 6, words: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

function isCron(text: string): boolean {
  if (text.startsWith("@")) return true;
  return text
    .split(" ")
    .every((field, index) => field.split(",").every((part) => isCronPart(part, cronFields[index])));
}

/** One of `*`, `5`, `1-5`, each with or without a step; words for months and weekdays. */
function isCronPart(part: string, field: (typeof cronFields)[number] | undefined): boolean {
  const [range = "", step, ...rest] = part.split("/");
  if (field === undefined || rest.length > 0 || (step !== undefined && !/^[1-9][0-9]*$/.test(step)))
    return false;
  if (range === "*" || range === "?") return true;
  const ends = range
    .split("-")
    .map((end) =>
      /^[0-9]+$/.test(end)
        ? Number(end)
        : field.words.indexOf(end.toLowerCase()) +
          (field.words.includes(end.toLowerCase()) ? field.min : Number.NaN),
    );
  const [first = Number.NaN, last = first] = ends;
  return ends.length <= 2 && first >= field.min && last <= field.max && first <= last;
}
