import { expect, it } from "vitest";
import { parseAccessLevel } from "../../../../src/forges/gitlab/fetch-permission.ts";

it.each([
  ["no access", 0, "none"],
  ["minimal access", 5, "none"],
  ["Guest", 10, "read"],
  ["Planner", 15, "read"],
  ["Reporter", 20, "read"],
  ["a level of a later version", 25, "read"],
  ["Developer", 30, "write"],
  ["Maintainer", 40, "maintain"],
  ["Owner", 50, "admin"],
])("%s (%d) is the right %s", (_, level, permission) => {
  expect(parseAccessLevel(level)).toBe(permission);
});
