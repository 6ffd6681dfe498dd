/** Values of rzp-lib: what values of several kinds have in common. */
import "../meta.ts";
import { z } from "zod";

/** A name of somebody else's object is not looked for in these values. */
export const external = z
  .literal(true)
  .optional()
  .meta({ description: "Something else makes it: it is not among these values." });

/** As Kubernetes reads it, without a sign: nothing here is less than nothing. */
export const Quantity = z
  .string()
  .regex(/^([0-9]+(\.[0-9]*)?|\.[0-9]+)([num]|k|[MGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$/);
