import { expect, test } from "vitest";
import { widestGap } from "./cron.ts";

const hour = 3600;
const day = 24 * hour;

test.each([
  ["* * * * *", 60],
  ["*/15 * * * *", 900],
  ["5/20 * * * *", 1200],
  ["0 4 * * *", day],
  ["@daily", day],
  ["0 4,16 * * *", 12 * hour],
  ["0 3,4 * * *", 23 * hour],
  ["30 1 * * sun", 7 * day],
  ["0 0 * * mon-fri", 3 * day],
  ["0 0 1 * *", 31 * day],
  ["0 0 31 * *", 61 * day],
  // Either of the two, since both are said.
  ["0 0 1 * 0", 7 * day],
  // A step has no star: the first of a month, or a Sunday.
  ["0 0 1 * */7", 7 * day],
  ["0 0 */2 * sun", 2 * day],
  ["0 0 1 * 1-5,*", 31 * day],
  ["0 0 1 * */1", 31 * day],
  ["0 0 1 * ?/1", 31 * day],
  // Every Sunday of February, and a leap day.
  ["0 0 29 2 */7", 350 * day],
  ["0 0 31 2 */7", 350 * day],
  ["@yearly", 366 * day],
  ["0 0 29 2 *", 1461 * day],
])("%s runs again within %d seconds", (schedule, gap) => {
  expect(widestGap(schedule)).toBe(gap);
});

test("a day that no month has never comes", () => {
  expect(widestGap("0 0 31 2 *")).toBeUndefined();
});
