/** How rules read rendered objects. */
export { at, list, map, text } from "../model/reading.ts";
