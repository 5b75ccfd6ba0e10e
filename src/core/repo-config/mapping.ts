import { z } from "zod";

/** Keys with a meaning each; any other key is a fault. `expected` completes the fault of anything but a mapping. */
export function mapping<const Shape extends z.ZodRawShape>(shape: Shape, expected: string) {
  return z.strictObject(shape, {
    error: ({ code }) => (code === "invalid_type" ? `expected ${expected}` : undefined),
  });
}

/** A list, or the one item of it. */
export function oneOrMany<Item extends z.ZodType>(item: Item, expected: string) {
  return z
    .union([item, z.array(item, `expected ${expected}`)])
    .transform((given): z.output<Item>[] => (Array.isArray(given) ? given : [given as z.output<Item>]));
}
