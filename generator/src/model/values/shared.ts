/** Values of rzp-lib: what values of several kinds have in common. */
import "../meta.ts";
import { subdomain, subdomainMax } from "../patterns.ts";
import { z } from "zod";

/** A name of somebody else's object is not looked for in these values. */
export const external = z
  .literal(true)
  .optional()
  .meta({ description: "Something else makes it: it is not among these values." });

/** As Prometheus reads it: a number is nothing without its unit. */
export const Duration = z.string().regex(/^([0-9]+(ms|[smhdwy]))+$/);

/** Of a container, a Service or whoever is called. */
export const Port = z.int().min(1).max(65_535);

/** How many there are of something. */
export const Count = z.int().min(0);

/** As Kubernetes reads it, without a sign: nothing here is less than nothing. */
export const Quantity = z
  .string()
  .regex(/^([0-9]+(\.[0-9]*)?|\.[0-9]+)([num]|k|[MGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$/);

/** Of a namespace, a Service, and of what pods are called after (RFC 1123, label). */
export const Label = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);

/** Of any other object that is named here (RFC 1123, subdomain). */
const ObjectName = z.string().max(subdomainMax).regex(subdomain);

/** Objects by their names. */
export const named = <T extends z.ZodType>(value: T) => z.record(ObjectName, value);
