/** What names and addresses look like, for those who ask without the model. */

/** One DNS label (RFC 1123) that starts with a letter. */
export const dnsLabel = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** A number of an IPv4 address, 0 to 255. */
const octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
export const ipv4 = `${octet}(\\.${octet}){3}`;
export const ipv6 = "[0-9a-fA-F:]+:[0-9a-fA-F:]*";

export const ipAddress = new RegExp(`^(${ipv4}|${ipv6})$`);
