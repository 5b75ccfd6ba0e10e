import { describe, expect, it, vi } from "vitest";
import { withDeadline } from "../../../src/connections/with-deadline.ts";

describe("work with a deadline", () => {
  it("settles as the work does", async () => {
    const late = vi.fn();
    await expect(withDeadline(Promise.resolve(42), 10_000, late)).resolves.toBe(42);
    await expect(withDeadline(Promise.reject(new Error("no")), 10_000, late)).rejects.toThrow("no");
    expect(late).not.toHaveBeenCalled();
  });

  it("rejects when the work takes longer, and leaves no unhandled rejection when that fails later", async () => {
    const late = vi.fn();
    const { promise, reject } = Promise.withResolvers<void>();
    await expect(withDeadline(promise, 5, late)).rejects.toThrow("no answer within 0.005 s");
    expect(late).toHaveBeenCalledOnce();
    reject(new Error("later"));
    await new Promise((settle) => setImmediate(settle));
  });
});
