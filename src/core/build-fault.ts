import type { Diagnosis } from "./diagnosis.ts";

/** Ends a try at a build, with the words that its report will show. */
export class BuildFault extends Error {
  readonly diagnosis: Diagnosis;

  constructor(diagnosis: Diagnosis, options?: ErrorOptions) {
    super(`${diagnosis.title}: ${diagnosis.cause}`, options);
    this.name = "BuildFault";
    this.diagnosis = diagnosis;
  }
}

/** Whether the error is known to come again however often the same is tried. */
export function isPermanent(error: unknown): error is BuildFault {
  return error instanceof BuildFault && error.diagnosis.class === "permanent";
}
