import { Seconds } from "../quantity.ts";
import { TEXT_OR_INTEGER } from "./text.ts";

export const Timeout = Seconds.meta(TEXT_OR_INTEGER);
