/** The shape of `tools/crds/crds.json`, and where a CRD lies once it is unpacked. */
import { z } from "zod";

const CrdModule = z.strictObject({
  /** A short name; it begins the file names in the cache. */
  name: z.string(),
  /** `module@version`, as `go mod download` takes it. */
  module: z.string().regex(/^\S+@v\d\S+$/),
  /** The checksum of the module as go.sum has it. */
  sum: z.string().startsWith("h1:"),
  /** The folders inside the module that hold CRDs. */
  folders: z.array(z.string()).min(1),
});
export type CrdModule = z.infer<typeof CrdModule>;

const CrdList = z.strictObject({ "//": z.string(), modules: z.array(CrdModule).min(1) });

/**
 * Reads the list. In: its JSON; out: the modules in their order. Throws when the file is not of its
 * shape: it belongs to RZP, not to a user, so that is a bug.
 */
export function readCrdModules(json: string): readonly CrdModule[] {
  return CrdList.parse(JSON.parse(json)).modules;
}

/**
 * Says where a CRD lies in a folder of CRDs: in one folder for each API group, because checking an
 * object needs the CRDs of its own group only, and loading all of them takes two seconds.
 * In: the YAML of one object. Out: the group and the file name; undefined when it is no CRD.
 */
export function crdName(text: string): { group: string; file: string } | undefined {
  if (!/^kind: CustomResourceDefinition$/m.test(text)) return undefined;
  const group = /^ {2}group: "?([a-z0-9.-]+)"?$/m.exec(text)?.[1];
  const plural = /^ {4}plural: "?([a-z0-9-]+)"?$/m.exec(text)?.[1];
  if (group === undefined || plural === undefined) return undefined;
  return { group, file: `${plural}.yaml` };
}
