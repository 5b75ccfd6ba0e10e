import { parseArgs } from "node:util";

export type CleanUpOptions = {
  isDryRun: boolean;
  json: boolean;
  /** These paths alone; none: all that the history knows. */
  imagePaths: string[];
};

/** Undefined when they make no sense. */
export function parseCleanUpOptions(args: string[]): CleanUpOptions | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        delete: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        image: { type: "string", multiple: true, default: [] },
      },
    });
    return { isDryRun: !values.delete, json: values.json, imagePaths: values.image };
  } catch {
    return undefined;
  }
}
