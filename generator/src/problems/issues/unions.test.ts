import { cases, Port, TaggedVolume, Volume } from "../../../test/support/issues.ts";

cases("a port: number, { udp, tcp } or { grpc }", [
  {
    name: "in quotes",
    schema: Port,
    value: "8080",
    texts: [
      'SPEC_WRONG_TYPE this file must be a whole number or an object, not text | "8080" | a whole number from 1 to 65535, { udp?, tcp? } or { grpc } | write 8080, without quotes',
    ],
  },
  {
    name: "out of range speaks of numbers only",
    schema: Port,
    value: 70000,
    texts: [
      "SPEC_WRONG_VALUE this file is too large: at most 65535 | 70000 | a whole number from 1 to 65535, e.g. 8080 | write 65535 or a number below it",
    ],
  },
  {
    name: "a fraction speaks of numbers only",
    schema: Port,
    value: 80.5,
    texts: [
      "SPEC_WRONG_TYPE this file must be a whole number, not a fraction | 80.5 | a whole number from 1 to 65535, e.g. 8080 | write for example 8080",
    ],
  },
  {
    name: "neither number nor object",
    schema: Port,
    value: true,
    texts: [
      "SPEC_WRONG_TYPE this file must be a whole number or an object, not true | true | a whole number from 1 to 65535, { udp?, tcp? } or { grpc } | write a whole number from 1 to 65535, { udp?, tcp? } or { grpc }",
    ],
  },
  {
    name: "a misspelt field chooses its variant",
    schema: Port,
    value: { gprc: 1 },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `gprc`, did you mean `grpc`? | "gprc" | grpc | write `grpc` instead of `gprc`',
    ],
  },
  {
    name: "every mistake of the variant that was meant",
    schema: Port,
    value: { udp: "53", tpc: 53 },
    texts: [
      'SPEC_WRONG_TYPE `udp` must be a whole number, not text | "53" | a whole number from 1 to 65535, e.g. 8080 | write 53, without quotes',
      'SPEC_UNKNOWN_FIELD unknown field `tpc`, did you mean `tcp`? | "tpc" | one of: udp, tcp | write `tcp` instead of `tpc`',
    ],
  },
  {
    name: "an empty object has no variant",
    schema: Port,
    value: {},
    texts: [
      "SPEC_WRONG_TYPE this file has none of the shapes that are possible here | {} | a whole number from 1 to 65535, { udp?, tcp? } or { grpc } | write a whole number from 1 to 65535, { udp?, tcp? } or { grpc }",
    ],
  },
  {
    name: "an object of another world",
    schema: Port,
    value: { colour: 1 },
    texts: [
      'SPEC_WRONG_TYPE this file has none of the shapes that are possible here | {"colour":1} | a whole number from 1 to 65535, { udp?, tcp? } or { grpc } | write a whole number from 1 to 65535, { udp?, tcp? } or { grpc }',
    ],
  },
  {
    name: "two variants mixed",
    schema: Port,
    value: { grpc: 1, udp: 2 },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `grpc` | "grpc" | one of: udp, tcp | remove `grpc`, or move it to where it belongs',
    ],
  },
]);

cases("a volume by what it holds", [
  {
    name: "a misspelt tag",
    schema: Volume,
    value: { holds: "sate", size: "5Gi" },
    texts: [
      'SPEC_WRONG_VALUE `holds` may not be "sate", did you mean "state"? | "sate" | one of: state, cache, share | write "state"',
    ],
  },
  {
    name: "no tag, and fields of two variants",
    schema: Volume,
    value: { size: "5Gi" },
    texts: ["SPEC_MISSING_FIELD `holds` is missing | - | one of: state, cache | add `holds`"],
  },
  {
    name: "the tag is right, a field wrong",
    schema: Volume,
    value: { holds: "state", size: "5gb" },
    texts: [
      'SPEC_WRONG_VALUE `size`: a size is a number with Mi, Gi or Ti | "5gb" | text, e.g. "5Gi" | write it like "5Gi"',
    ],
  },
  {
    name: "the tag decides, though other variants share more fields",
    schema: Volume,
    value: { holds: "share", size: "5Gi", class: "bulk" },
    texts: [
      "SPEC_MISSING_FIELD `share` is missing | - | text | add `share`",
      'SPEC_UNKNOWN_FIELD unknown field `size` | "size" | one of: holds, share, readOnly | remove `size`, or move it to where it belongs',
      'SPEC_UNKNOWN_FIELD unknown field `class` | "class" | one of: holds, share, readOnly | remove `class`, or move it to where it belongs',
    ],
  },
  {
    name: "a misspelt tag where no variant needs a reason",
    schema: TaggedVolume,
    value: { holds: "cash" },
    texts: [
      'SPEC_WRONG_VALUE `holds` may not be "cash" | "cash" | one of: state, cache, share | write one of the expected values',
    ],
  },
  {
    name: "a missing field of the right variant",
    schema: TaggedVolume,
    value: { holds: "state" },
    texts: ['SPEC_MISSING_FIELD `size` is missing | - | text, e.g. "5Gi" | add `size: "5Gi"`'],
  },
  {
    name: "no object",
    schema: TaggedVolume,
    value: "5Gi",
    texts: [
      'SPEC_WRONG_TYPE this file must be an object, not text | "5Gi" | { holds: "state", size, class? }, { holds: "cache", size } or { holds: "share", share, readOnly? } | write one of the expected shapes',
    ],
  },
  {
    name: "a misspelt field inside a reason",
    schema: Volume,
    value: { because: "shared with the host", value: { holds: "host", pth: "/x" } },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `pth` in `value`, did you mean `path`? | "pth" | one of: holds, path | write `path` instead of `pth`',
    ],
  },
  {
    name: "no reason worth the name",
    schema: Volume,
    value: { because: "x", value: { holds: "host", path: "/x" } },
    texts: [
      'SPEC_WRONG_VALUE `because`: say why in a few words | "x" (1 character) | at least 8 characters | say it in a few words',
    ],
  },
  {
    name: "a reason is needed",
    schema: Volume,
    value: { holds: "host", path: "/x" },
    texts: [
      'SPEC_WRONG_VALUE this file needs a reason to be what it is | {"holds":"host","path":"/x"} | { holds: "state", … }, { holds: "cache", … }, { holds: "share", … } or because({ holds: "host", … }, "say why here") | write because(…, "say why here")',
    ],
  },
  {
    name: "an unknown field: only the fields of that variant",
    schema: TaggedVolume,
    value: { holds: "share", share: "media", clas: "bulk" },
    texts: [
      'SPEC_UNKNOWN_FIELD unknown field `clas` | "clas" | one of: holds, share, readOnly | remove `clas`, or move it to where it belongs',
    ],
  },
]);
