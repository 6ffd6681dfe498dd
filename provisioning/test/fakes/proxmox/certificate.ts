/** A certificate for 127.0.0.1 that signs itself, as a new host has one. Written out, as Node only reads them. */
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const tags = { integer: 2, bits: 3, octets: 4, oid: 6, utf8: 12, sequence: 48, set: 49, time: 23 };

/** One value of DER: tag, length, content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(tags.sequence, ...parts);
const hex = (text: string): Buffer => Buffer.from(text, "hex");
const bits = (content: Buffer): Buffer => der(tags.bits, hex("00"), content);

const commonName = der(tags.oid, hex("550403"));
const alternativeName = der(tags.oid, hex("551d11"));
const ecdsaWithSha256 = sequence(der(tags.oid, hex("2a8648ce3d040302")));

export function makeCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(
    der(tags.set, sequence(commonName, der(tags.utf8, Buffer.from("fake Proxmox VE")))),
  );
  const time = (text: string): Buffer => der(tags.time, Buffer.from(text));
  const addresses = sequence(
    der(0x87, Buffer.from([127, 0, 0, 1])),
    der(0x82, Buffer.from("localhost")),
  );
  const extensions = sequence(sequence(alternativeName, der(tags.octets, addresses)));
  const body = sequence(
    der(0xa0, der(tags.integer, hex("02"))),
    der(tags.integer, hex("01"), randomBytes(8)),
    ecdsaWithSha256,
    name,
    sequence(time("250101000000Z"), time("491231235959Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, extensions),
  );
  const certificate = sequence(body, ecdsaWithSha256, bits(sign("sha256", body, privateKey)));
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
  };
}
