/**
 * What a schema of the model may say about itself besides its shape. From this the authoring types
 * with their hover text, the reference pages and the error messages are made.
 */
import { z } from "zod";

// A run parses each file once or twice: making code for that takes longer than the code would save.
z.config({ jitless: true });

declare module "zod" {
  interface GlobalMeta {
    /** A value as a person would write it, shown in the docs and after "expected". */
    example?: unknown;
    /**
     * What its value names. Somebody else's value would pass here and mean another thing, so that nobody
     * is told to take the example over.
     */
    names?: string;
    /** What was most likely meant by a value that is not legal; see mends.ts. Its example is the field's own. */
    mend?: (value: unknown, example: unknown) => unknown;
    /** Words among the texts it takes: one that is misspelt is told by them. */
    words?: readonly string[];
    /** What to do where a value is not legal and no other can be proposed. */
    otherwise?: string;
    /** How a person writes what a function of `#rzp` makes: `state({ … })`. */
    written?: string;
    /**
     * The TypeScript type the authoring types print instead of the one that follows from the shape;
     * for names only the compiler can know: own ports, volumes, peers, other services. The letters in
     * it are explained in scaffold/types/scopes.ts. With an `id` it is what that name stands for.
     */
    ts?: string;
  }
}
