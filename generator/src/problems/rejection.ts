/** A value the model refuses, before anyone knows where in its file each mistake is. */
import type { z } from "zod";

export interface Rejection {
  /** Files the value was written in; with an overlay the overlay first, then the service's. */
  readonly files: readonly string[];
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly error: z.ZodError;
  readonly environment?: string;
}
