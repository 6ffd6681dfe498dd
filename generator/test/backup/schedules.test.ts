/** Times of schedules: what is simulated is what Velero reads. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cronOf } from "../../src/release/backups/schedules.ts";
import { Cron } from "../../src/model/primitives.ts";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

describe("the cron of a schedule", () => {
  test.for([
    [2 * hour, 0, "0 0-23/2 * * *"],
    [2 * hour, 100 * minute, "40 1-23/2 * * *"],
    [hour, 5 * minute, "5 * * * *"],
    [day, 3 * hour + 20 * minute, "20 3 * * *"],
    [15 * minute, 4 * minute, "4-59/15 * * * *"],
    [12 * hour, 11 * hour, "0 11-23/12 * * *"],
  ] as const)("every %d from %d is %s", ([every, offset, cron]) => {
    expect(cronOf(every, offset)).toBe(cron);
    expect(Cron.safeParse(cron).success).toBe(true);
  });

  test("names the very times of the simulation", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440),
        fc.integer({ min: 0, max: 1439 }),
        (every, offset) => {
          const first = offset % every;
          const simulated = Array.from(
            { length: 1440 / every },
            (_, index) => first + index * every,
          );
          expect(timesOf(cronOf(every * minute, first * minute))).toEqual(simulated);
        },
      ),
    );
  });
});

/** Minutes of a day: a reading of the first two fields by the book, which shares nothing with the writer. */
function timesOf(cron: string): number[] {
  const [minutes = "", hours = ""] = cron.split(" ");
  return range(hours, 24).flatMap((h) => range(minutes, 60).map((m) => h * 60 + m));
}

function range(field: string, limit: number): number[] {
  const [span = "", step = "1"] = field.split("/");
  const [from = "", to] = span.split("-");
  const all = Array.from({ length: limit }, (_, index) => index);
  if (from === "*") return all;
  const last = to === undefined ? Number(from) : Number(to);
  return all.filter(
    (one) => one >= Number(from) && one <= last && (one - Number(from)) % Number(step) === 0,
  );
}
