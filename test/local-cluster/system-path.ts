import { delimiter } from "node:path";

/** The PATH, with the places that a plain `su` or `sudo` leaves out: the system's own tools, and Go's usual folder. */
export const systemPath = [process.env.PATH, "/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/go/bin"]
  .filter(Boolean)
  .join(delimiter);
