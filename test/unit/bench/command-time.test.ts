import { expect, test } from "vitest";
import { commandTime } from "../../../bench/push/command-time.ts";

test("adds up what the shell tells of itself and of its children, in each step", () => {
  const log = [
    "Running: [/bin/sh -c ./work 1 one]",
    "0m0.01s 0m0.02s",
    "1m2.50s 0m0.40s",
    "Pushed 1m in 2s",
    "0m0.00s 0m0.07s",
  ];
  expect(commandTime(log.join("\n"))).toBeCloseTo(63_000);
});

test("reads a log with the node's time stamps as well", () => {
  expect(commandTime("2026-01-02T03:04:05.678901234Z 0m1.25s 0m0.75s\n")).toBeCloseTo(2000);
});

test("a log without such lines tells of none", () => {
  expect(commandTime("Taking snapshot of full filesystem...")).toBe(0);
});
