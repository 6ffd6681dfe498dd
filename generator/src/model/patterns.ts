/** What names and addresses look like, for those who ask without the model. */

/** One DNS label (RFC 1123) that starts with a letter. */
export const dnsLabel = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Labels with dots between them (RFC 1123, subdomain): what most objects of Kubernetes may be called, with `subdomainMax` characters. */
export const subdomain = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
export const subdomainMax = 253;

/** A number of an IPv4 address, 0 to 255. */
const octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
export const ipv4 = `${octet}(\\.${octet}){3}`;

/** Eight groups, or fewer around one `::` (RFC 4291, section 2.2). */
const group = "[0-9a-fA-F]{1,4}";
const around = [1, 2, 3, 4, 5, 6].map((n) => `(${group}:){1,${7 - n}}(:${group}){1,${n}}`);
const ipv6 = `((${group}:){7}${group}|(${group}:){1,7}:|:(:${group}){1,7}|::|${around.join("|")})`;

/** An address with a prefix length. */
export const cidr = new RegExp(
  `^(${ipv4}/([0-9]|[12][0-9]|3[0-2])|${ipv6}/([1-9]?[0-9]|1[01][0-9]|12[0-8]))$`,
);

export const ipAddress = new RegExp(`^(${ipv4}|${ipv6})$`);

/** Characters in the name of a port (Kubernetes, container ports). */
export const portNameMax = 15;
