/** In: the root of a repository. Prints what is found in it before Helm runs, as JSON. */
import { checkRepository } from "../support/repository.ts";

const [root = ""] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await checkRepository(root)));
