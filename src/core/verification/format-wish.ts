import { formatCode } from "../format-code.ts";
import type { VerifyWish } from "./verify-wish.ts";

/** What an image has to show, as markdown: `` its log shows `Hello` ``, `port 80 is open`, … */
export function describeWish({ log, port, http, exits }: VerifyWish): string[] {
  return [
    ...(log.length === 0 ? [] : [`its log shows ${log.map((pattern) => formatCode(pattern)).join(" and ")}`]),
    ...(http === undefined ? [] : [`${formatCode(http)} answers on port ${port}`]),
    ...(port === undefined || http !== undefined ? [] : [`port ${port} is open`]),
    ...(exits ? ["it ends with exit code 0"] : []),
  ];
}
