import { expect, test } from "vitest";
import { quietTimes } from "./quiet-times.ts";

test("no quiet hours are none", () => {
  expect(quietTimes(undefined, "Etc/UTC")).toBeUndefined();
});

test("hours within a day, where there is no summer time", () => {
  expect(quietTimes({ from: "01:00", to: "06:30" }, "Etc/UTC")).toEqual([
    { from: "01:00", to: "06:30" },
  ]);
  // Half hours from UTC, and over midnight there but not here.
  expect(quietTimes({ from: "22:00", to: "03:00" }, "Asia/Kolkata")).toEqual([
    { from: "16:30", to: "21:30" },
  ]);
});

test("hours over midnight are two, and each half of the year has its own", () => {
  const times = quietTimes({ from: "22:00", to: "07:00" }, "Europe/Berlin");
  expect(times).toEqual([
    { months: ["1", "2", "3", "11", "12"], from: "21:00", to: "24:00" },
    { months: ["1", "2", "3", "11", "12"], from: "00:00", to: "06:00" },
    { months: ["4", "5", "6", "7", "8", "9", "10"], from: "20:00", to: "24:00" },
    { months: ["4", "5", "6", "7", "8", "9", "10"], from: "00:00", to: "05:00" },
  ]);
});

test("hours that end at midnight there are one", () => {
  expect(quietTimes({ from: "22:00", to: "00:00" }, "Etc/UTC")).toEqual([
    { from: "22:00", to: "24:00" },
  ]);
});
