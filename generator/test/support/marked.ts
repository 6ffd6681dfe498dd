/** The complete text of a generated file, for what is compared with one. */
import { markedFile } from "../../src/output/marker.ts";
import type { CommentStyle } from "../../src/output/marker.ts";

export const withMarker = (source: string, comment: CommentStyle, body: string): string =>
  markedFile({ path: "any.yaml", source, comment, body }).content;
