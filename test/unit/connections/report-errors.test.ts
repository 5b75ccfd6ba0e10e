import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { reportErrors } from "../../../src/connections/report-errors.ts";

describe("errors that a backend reports", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function start() {
    const logged: { backend: string; cause: string; repeated: number }[] = [];
    const log = pino({}, { write: (line) => logged.push(JSON.parse(line)) });
    return { logged, report: reportErrors(log, "Redis at localhost") };
  }

  it("are logged at once, and not again while they repeat", () => {
    const { logged, report } = start();
    for (let times = 0; times < 100; times++) report(new Error("connect ECONNREFUSED"));
    report(new Error("another"));
    expect(logged).toMatchObject([
      { backend: "Redis at localhost", cause: "connect ECONNREFUSED", repeated: 0 },
      { cause: "another", repeated: 0 },
    ]);
  });

  it("are logged again after a while, with how often they repeated", () => {
    const { logged, report } = start();
    for (let times = 0; times < 100; times++) report(new Error("connect ECONNREFUSED"));
    vi.advanceTimersByTime(30_000);
    report(new Error("connect ECONNREFUSED"));
    expect(logged.map(({ repeated }) => repeated)).toEqual([0, 99]);
  });

  it("are logged with what is behind them", () => {
    const { logged, report } = start();
    report(
      new AggregateError([
        new Error("connect ECONNREFUSED ::1"),
        new Error("connect ECONNREFUSED 127.0.0.1"),
      ]),
    );
    expect(logged).toMatchObject([{ cause: "connect ECONNREFUSED ::1; connect ECONNREFUSED 127.0.0.1" }]);
  });
});
