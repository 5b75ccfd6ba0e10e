import { z } from "zod";

const UNITS = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
} as const;

/** Bytes, written as Kubernetes writes them: `500M`, `2Gi`. */
export const Bytes = z
  .string()
  .regex(/^\d+(?:[kMGT]|[KMGT]i)?$/, "expected bytes such as 500M or 2Gi")
  .transform(quantityValue)
  .refine(
    (bytes) => bytes > 0 && bytes <= Number.MAX_SAFE_INTEGER,
    "expected more than none, and less than 8Pi",
  );

const SECONDS = { "": 1, s: 1, m: 60, h: 3600 } as const;

const MAX_SECONDS = 7 * 24 * 3600;
const EXPECTED_TIME = "expected a time such as 90s, 15m or 1h30m";

/** Seconds, as a whole number or with units: `90`, `90s`, `15m`, `1h30m`; at most a week. */
export const Seconds = z
  .string(EXPECTED_TIME)
  .regex(/^(?:\d{1,6}|\d{1,6}h(?:\d{1,6}m)?(?:\d{1,6}s)?|\d{1,6}m(?:\d{1,6}s)?|\d{1,6}s)$/, EXPECTED_TIME)
  .transform((text) => {
    const parts = text.matchAll(/(\d+)([hms]?)/g);
    return parts.reduce(
      (sum, [, count, unit]) => sum + Number(count) * SECONDS[unit as keyof typeof SECONDS],
      0,
    );
  })
  .refine((seconds) => seconds > 0, "expected more than no time")
  .refine((seconds) => seconds <= MAX_SECONDS, "expected at most a week (168h)");

/** Seconds, written as hours or days: `12h`, `14d`; at most a year. */
export const Age = z
  .string("expected hours or days such as 12h or 14d")
  .regex(/^\d{1,4}[hd]$/, "expected hours or days such as 12h or 14d")
  .transform((text) => Number.parseInt(text, 10) * (text.endsWith("d") ? 24 : 1) * SECONDS.h)
  .refine((seconds) => seconds > 0, "expected more than no time")
  .refine((seconds) => seconds <= 365 * 24 * SECONDS.h, "expected at most a year (365d)");

/** A Kubernetes quantity of CPU or memory, which the cluster itself reads. */
export const KubernetesQuantity = z
  .string()
  .regex(/^\d+(?:\.\d+)?(?:m|[kMGT]|[KMGT]i)?$/, "expected a Kubernetes quantity such as 500m or 2Gi");

/** What a quantity amounts to, to compare two: `500m` is half, `2Gi` is 2147483648. */
export function quantityValue(text: string): number {
  const amount = Number.parseFloat(text);
  const unit = text.replace(/^[\d.]+/, "");
  return amount * UNITS[unit as keyof typeof UNITS];
}
